/** A found chat, read at its hit. Nothing is answered here. */
import { CloseOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown, Spoken } from "../../conversation/words";
import { given, house } from "../../lib/house";
import { useMe } from "../../lib/session";
import { useShopName } from "../../lib/shops";
import { useLive } from "../../live/store";
import { AtTheDesk } from "./AtTheDesk";
import { Disclosure, WhoLooked } from "./Disclosure";
import { Messages } from "./Messages";
import { useThread } from "./thread";

interface Props {
  chat: string;
  seq: number | undefined;
  close: () => void;
}

export function Reading({ chat, seq, close }: Props) {
  const { t } = useTranslation("history");
  const me = useMe();
  const shopName = useShopName();
  const [whole, setWhole] = useState<{ buyer: string; messages: readonly Spoken[] } | null>(null);
  const { data: card, error } = useQuery({
    queryKey: ["chat", chat],
    queryFn: async () =>
      (await given(house.GET("/v1/chats/{chat_id}", { params: { path: { chat_id: chat } } }))) as Shown,
  });
  const place = useRef<HTMLElement>(null);
  // On a phone the pane takes the screen: whoever opens it by keyboard is in it.
  useLayoutEffect(() => place.current?.focus({ preventScroll: true }), []);
  if (error)
    return (
      <section className="reading page-middle" role="alert">
        <div>
          <p className="bad">{error.message || t("noHouse")}</p>
          <Button onClick={close}>{t("close")}</Button>
        </div>
      </section>
    );
  return (
    <section className="reading" ref={place} tabIndex={-1} aria-label={card?.buyer ?? t("reading")}>
      <header>
        <div className="reading-who">
          <h2 className="ellipsis">{whole?.buyer ?? card?.buyer}</h2>
          <p className="quiet small ellipsis">
            {card && `${shopName(card.shop)} · ${card.channel}`}
            <Holder account={card?.card.life?.account ?? null} />
          </p>
        </div>
        {card && <AtTheDesk chat={card} />}
        {me.rights.includes("buyers.unmask") && (
          <Disclosure chat={chat} seq={seq} isWhole={whole !== null} show={setWhole} />
        )}
        <Button type="text" icon={<CloseOutlined />} aria-label={t("close")} title={t("close")} onClick={close} />
      </header>
      {me.rights.includes("audit.read") && <WhoLooked chat={chat} />}
      <Thread chat={chat} seq={seq} whole={whole?.messages ?? null} />
    </section>
  );
}

function Holder({ account }: { account: string | null }) {
  const name = useLive((each) => (account ? (each.people.get(account)?.name ?? account) : ""));
  return name ? <> · {name}</> : null;
}

function Thread({ chat, seq, whole }: { chat: string; seq: number | undefined; whole: readonly Spoken[] | null }) {
  const { t } = useTranslation("history");
  const thread = useThread(chat, seq);
  const open = new Map((whole ?? []).map((each) => [each.seq, each]));
  const messages = (thread.data?.pages ?? [])
    .flatMap((each) => each.messages)
    .map((each) => open.get(each.seq) ?? each);
  if (thread.isPending)
    return (
      <div className="page-middle">
        <Spin />
      </div>
    );
  if (thread.error && messages.length === 0)
    return <p className="page-middle bad">{thread.error.message || t("noHouse")}</p>;
  return (
    <Messages
      chat={chat}
      hit={seq}
      messages={messages}
      older={thread.hasPreviousPage ? () => thread.fetchPreviousPage() : null}
      newer={thread.hasNextPage ? () => thread.fetchNextPage() : null}
    />
  );
}
