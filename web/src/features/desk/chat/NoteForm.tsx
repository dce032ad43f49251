/** A note for colleagues, who may be named in it; or a promise with an instant to keep it by. */
import { Button, Mentions, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { houseNow } from "../../../lib/clock";
import { useMe } from "../../../lib/session";
import { useLive } from "../../../live/store";
import { note, promise } from "../deeds";
import { useDesk } from "../desk";

const HOURS = [1, 2, 4, 24, 48];

export function NoteForm({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const me = useMe();
  const people = useLive((each) => each.people);
  const [what, setWhat] = useState<"note" | "promise">("note");
  const [text, setText] = useState("");
  const [hours, setHours] = useState(2);
  const names = [...people.values()].filter((each) => each.account !== me.account.id);
  const go = async () => {
    const mentioned = names.filter((each) => text.includes(`@${each.name}`)).map((each) => each.account);
    const due = new Date(houseNow() + hours * 3_600_000).toISOString();
    const done =
      what === "note"
        ? note(chat.id, text, mentioned)
        : promise(chat.id, { what: "follow_up", due, note: text, account: me.account.id });
    if (await done) setText("");
    useDesk.setState({ menu: null });
  };
  return (
    <div className="menu-form">
      <Segmented
        block
        value={what}
        onChange={setWhat}
        options={[
          { value: "note", label: t("note") },
          { value: "promise", label: t("promise") },
        ]}
      />
      <Mentions
        autoFocus
        rows={3}
        value={text}
        onChange={setText}
        aria-label={t(what)}
        options={names.map((each) => ({ value: each.name, label: each.name }))}
      />
      {what === "promise" && (
        <Select
          value={hours}
          onChange={setHours}
          aria-label={t("due")}
          options={HOURS.map((each) => ({ value: each, label: t("within", { count: each }) }))}
        />
      )}
      <Button type="primary" disabled={text.trim() === ""} onClick={() => void go()}>
        {t("keep")}
      </Button>
    </div>
  );
}
