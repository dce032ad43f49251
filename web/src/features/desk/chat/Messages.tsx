/** What was said in a chat, the newest at the bottom, and what is still on its way. */
import { Button, Spin } from "antd";
import { Fragment, memo, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { goesOn, lookOf, unanswered } from "../../../conversation/describe";
import type { Shown, Spoken } from "../../../conversation/words";
import { clock } from "../../../design/ring";
import { houseNow, useSecond } from "../../../lib/clock";
import { dayOf, isSameDay, timeToSecond } from "../../../lib/format";
import { useMe } from "../../../lib/session";
import { sentKey } from "../../../live/state";
import { loadOlder, useLive } from "../../../live/store";
import { again, done, useUnsent } from "../../../live/unsent";
import { recall } from "../deeds";
import { look } from "../desk";
import { Avatar, useIsTyping } from "../list/Row";
import { Picture } from "./Picture";

export function Messages({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const thread = useLive((each) => each.threads.get(chat.id));
  const me = useMe().account.id;
  const place = useRef<HTMLDivElement>(null);
  const mine = useUnsent((each) => each.unsent).filter((each) => each.chat === chat.id);
  const isTyping = useIsTyping(chat.id);
  const messages = (thread?.messages ?? []).filter((each) => lookOf(each, me) !== "silent");
  const firstWaiting = chat.card.waiting_since == null ? undefined : unanswered(messages)[0];
  const last = messages.at(-1)?.seq ?? 0;
  useAtTheEnd(place, chat.id, last + mine.length / 1000, messages[0]?.seq ?? 0);
  useLayoutEffect(() => {
    if (!document.hidden) look(chat.id, last);
  }, [chat.id, last]);
  if (!thread)
    return (
      <div className="messages page-middle">
        <Spin />
      </div>
    );
  return (
    <div className="messages" ref={place} role="log" aria-label={t("messages")} tabIndex={-1}>
      {!thread.begun && (
        <Button type="text" size="small" className="older" onClick={() => void loadOlder(chat.id)}>
          {t("older")}
        </Button>
      )}
      {messages.map((each, at) => (
        <Fragment key={each.seq}>
          {(at === 0 || !isSameDay(each.at, messages[at - 1]?.at ?? 0)) && <p className="between">{dayOf(each.at)}</p>}
          <Message
            event={each}
            chat={chat.id}
            buyer={chat.buyer}
            me={me}
            isPart={goesOn(each, messages[at + 1])}
            isFirstWaiting={each.seq === firstWaiting}
          />
        </Fragment>
      ))}
      {mine.map((each) => (
        <OnItsWay
          key={each.key}
          id={each.key}
          text={each.saying.text ?? `[${t("kind.image")}]`}
          from={each.from}
          problem={each.problems?.map((one) => one.sentence).join(" ")}
        />
      ))}
      {isTyping && (
        <p className="message buyer">
          <Avatar name={chat.buyer} />
          <span className="bubble quiet">{t("typing")}</span>
        </p>
      )}
    </div>
  );
}

/** Stay at the end while the reader is there; stay where they are while they read older ones. */
function useAtTheEnd(place: React.RefObject<HTMLDivElement | null>, chat: string, last: number, first: number): void {
  const was = useRef({ chat: "", first: 0, height: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is last changes the height
  useLayoutEffect(() => {
    const box = place.current;
    if (!box) return;
    const { chat: before, first: top, height } = was.current;
    const isNear = height - box.scrollTop - box.clientHeight < 120;
    if (before !== chat || isNear) box.scrollTop = box.scrollHeight;
    else if (first < top) box.scrollTop += box.scrollHeight - height;
    was.current = { chat, first, height: box.scrollHeight };
  }, [place, chat, last, first]);
}

interface Props {
  event: Spoken;
  chat: string;
  buyer: string;
  me: string;
  isPart: boolean;
  isFirstWaiting: boolean;
}

const Message = memo(function Message({ event, chat, buyer, me, isPart, isFirstWaiting }: Props) {
  const { t } = useTranslation("desk");
  const look = lookOf(event, me);
  if (look === "between") return <Between event={event} />;
  const side = look === "buyer" ? "buyer" : "ours";
  return (
    <div className={`message ${side} ${look} ${isPart ? "part" : ""}`} data-seq={event.seq}>
      {side === "buyer" && <Avatar name={buyer} />}
      <div className="said">
        <div className="bubble">
          <Content event={event} chat={chat} />
        </div>
        {isFirstWaiting && <Waiting since={event.at} />}
        {!isPart && (
          <div className="under">
            {look === "bot" && (
              <>
                <span className="bot">{t("robot")}</span> {t("notCounted")}{" "}
              </>
            )}
            {look === "auto" && <>{t("automatic")} </>}
            {look === "note" && <>{t("noteOf")} </>}
            {(look === "colleague" || look === "note") && <Who account={event.payload.by ?? event.account} />}
            <time dateTime={event.at}>{timeToSecond(event.at)}</time>
            {side === "ours" && look !== "note" && <Delivery chat={chat} seq={event.seq} />}
            {look === "mine" && <Recall chat={chat} event={event} />}
          </div>
        )}
      </div>
    </div>
  );
});

function Content({ event, chat }: { event: Spoken; chat: string }) {
  const { t } = useTranslation("desk");
  const { text, media } = event.payload;
  if (event.kind === "image" && media) return <Picture chat={chat} media={media} extra={event.payload.extra} />;
  const name = t(`kind.${event.kind}`, { defaultValue: event.kind });
  if (event.kind === "text" || event.kind === "note") return <>{text ?? <i className="quiet">{t("erased")}</i>}</>;
  return (
    <>
      <span className="tag">{name}</span> {text ?? event.payload.order ?? ""}
    </>
  );
}

function Waiting({ since }: { since: string }) {
  const { t } = useTranslation("desk");
  const now = useSecond();
  return (
    <div className="unanswered">
      {t("unanswered")} · {clock(Math.max(0, Math.floor((now - Date.parse(since)) / 1000)))}
    </div>
  );
}

export function Who({ account }: { account?: string | null }) {
  const name = useLive((each) => (account ? (each.people.get(account)?.name ?? account) : ""));
  return <span>{name} </span>;
}

function Delivery({ chat, seq }: { chat: string; seq: number }) {
  const { t } = useTranslation("desk");
  const sent = useLive((each) => each.sent.get(sentKey(chat, seq)));
  const isSeen = useLive((each) => (each.seen.get(chat) ?? 0) >= seq);
  if (isSeen) return <span> ✓ {t("seen")}</span>;
  if (!sent) return null;
  const isBad = sent.state === "failed";
  return (
    <span className={isBad ? "bad" : ""}>
      {" "}
      {t(`sent.${sent.state}`, { defaultValue: sent.state })}
      {isBad && sent.reason ? `：${sent.reason}` : ""}
    </span>
  );
}

const RECALLABLE_MS = 120_000;

function Recall({ chat, event }: { chat: string; event: Spoken }) {
  const { t } = useTranslation("desk");
  if (houseNow() - Date.parse(event.at) > RECALLABLE_MS) return null;
  return (
    <button type="button" className="recall" onClick={() => void recall(chat, event.seq)}>
      {t("recall")}
    </button>
  );
}

function Between({ event }: { event: Spoken }) {
  const { t } = useTranslation("desk");
  const name = useLive((each) => (event.account ? (each.people.get(event.account)?.name ?? event.account) : ""));
  const { purpose, tag, order, rating } = event.payload;
  const why = purpose ? t(`why.${purpose}`, { defaultValue: "" }) : "";
  return (
    <p className="between">
      <time dateTime={event.at}>{timeToSecond(event.at)}</time>{" "}
      {t(`between.${event.kind}`, {
        name,
        tag,
        order,
        rating,
        context: purpose === "removed" ? "removed" : undefined,
        defaultValue: event.kind,
      })}
      {why && ` · ${why}`}
    </p>
  );
}

function OnItsWay({ id, text, from, problem }: { id: string; text: string; from: number; problem?: string }) {
  const { t } = useTranslation("desk");
  const line = useLive((each) => each.line);
  useSecond();
  const isHeld = from > Date.now();
  return (
    <div className="message ours mine waiting-to-go">
      <div className="said">
        <div className="bubble">{text}</div>
        <div className={`under ${problem ? "bad" : ""}`} role="status">
          {problem ?? t(isHeld ? "held" : line === "open" ? "going" : "offlineQueued")}
          {problem && (
            <>
              <button type="button" className="recall" onClick={() => again(id)}>
                {t("sendAgain")}
              </button>
              <button type="button" className="recall" onClick={() => done(id)}>
                {t("drop")}
              </button>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
