/** To whom a chat goes: a colleague, a group, or back in line; and why. */
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { given, house } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { useLive } from "../../../live/store";
import { handOn } from "../deeds";
import { useDesk } from "../desk";

export function TransferForm({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const me = useMe().account.id;
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const params = { path: { shop: chat.shop } };
  const colleagues = useQuery({
    queryKey: ["colleagues", chat.shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/colleagues", { params })),
    staleTime: 0,
  });
  const groups = useQuery({ queryKey: ["groups"], queryFn: () => given(house.GET("/v1/groups")) });
  const people = useLive((each) => each.people);
  const presence = { online: 0, busy: 1, away: 2, off_shift: 3 };
  const options = [
    { label: t("toLine"), value: "line" },
    {
      label: t("colleagues"),
      options: (colleagues.data ?? [])
        .filter((each) => each.account !== me)
        .sort(
          (one, other) =>
            presence[one.presence] - presence[other.presence] ||
            one.chats / one.capacity - other.chats / other.capacity,
        )
        .map((each) => ({
          value: `a ${each.account}`,
          label: `${people.get(each.account)?.name ?? each.account} · ${t(`app:presence.${each.presence}`)} ${each.chats}/${each.capacity}`,
        })),
    },
    { label: t("groups"), options: (groups.data ?? []).map((each) => ({ value: `g ${each.id}`, label: each.name })) },
  ];
  const go = async () => {
    const [kind, id] = [to?.slice(0, 1), to?.slice(2)];
    const done = await handOn(chat.id, {
      account: kind === "a" ? id : null,
      group: kind === "g" ? id : null,
      note: note.trim() || null,
    });
    useDesk.setState({ menu: null });
    if (done) setNote("");
  };
  return (
    <div className="menu-form">
      <Select
        autoFocus
        defaultOpen
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("transfer")}
        placeholder={t("toWhom")}
        options={options}
        value={to}
        onChange={setTo}
        style={{ width: 280 }}
      />
      <Input
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onPressEnter={() => to && void go()}
        placeholder={t("whyTransfer")}
        aria-label={t("whyTransfer")}
        maxLength={500}
      />
      <Button type="primary" disabled={to === null} onClick={() => void go()}>
        {t("transfer")}
      </Button>
    </div>
  );
}
