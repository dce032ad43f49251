/** What was said, with the hit in sight. */
import { Button } from "antd";
import { Fragment, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { lookOf } from "../../conversation/describe";
import type { Spoken } from "../../conversation/words";
import { Picture } from "../../design/Picture";
import { dayOf, isSameDay, timeToSecond } from "../../lib/format";
import { useMe } from "../../lib/session";
import { useLive } from "../../live/store";

interface Props {
  chat: string;
  hit: number | undefined;
  messages: readonly Spoken[];
  older: (() => Promise<unknown>) | null;
  newer: (() => Promise<unknown>) | null;
}

export function Messages({ chat, hit, messages, older, newer }: Props) {
  const { t } = useTranslation("history");
  const me = useMe().account.id;
  const place = useRef<HTMLDivElement>(null);
  const shown = messages.filter((each) => lookOf(each, me) !== "silent");
  useStay(place, hit, shown[0]?.seq ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and by keyboard, too
    <div className="reading-messages" ref={place} role="log" tabIndex={0} aria-label={t("desk:messages")}>
      {older && (
        <Button type="text" size="small" onClick={() => void older()}>
          {t("desk:older")}
        </Button>
      )}
      {shown.map((each, at) => (
        <Fragment key={each.seq}>
          {(at === 0 || !isSameDay(each.at, shown[at - 1]?.at ?? 0)) && <p className="day">{dayOf(each.at)}</p>}
          <Message event={each} chat={chat} me={me} isHit={each.seq === hit} />
        </Fragment>
      ))}
      {newer && (
        <Button type="text" size="small" onClick={() => void newer()}>
          {t("newer")}
        </Button>
      )}
    </div>
  );
}

/** At first the hit, or else the end, is in sight; what is loaded above moves nothing. */
function useStay(place: React.RefObject<HTMLDivElement | null>, hit: number | undefined, first: number): void {
  const was = useRef<{ first: number; height: number } | null>(null);
  useLayoutEffect(() => {
    const box = place.current;
    if (!box) return;
    const found = hit && box.querySelector(`[data-seq="${hit}"]`);
    if (was.current === null) {
      if (found) found.scrollIntoView({ block: "center" });
      else box.scrollTop = box.scrollHeight;
    } else if (first < was.current.first) box.scrollTop += box.scrollHeight - was.current.height;
    was.current = { first, height: box.scrollHeight };
  }, [place, hit, first]);
}

function Message({ event, chat, me, isHit }: { event: Spoken; chat: string; me: string; isHit: boolean }) {
  const { t } = useTranslation("history");
  const look = lookOf(event, me);
  const name = useLive((each) => (event.account ? (each.people.get(event.account)?.name ?? event.account) : ""));
  if (look === "between") {
    const { tag, order, rating } = event.payload;
    return (
      <p className="between" data-seq={event.seq}>
        {timeToSecond(event.at)}{" "}
        {t(`desk:between.${event.kind}`, { name, tag, order, rating, defaultValue: event.kind })}
      </p>
    );
  }
  return (
    <div className={`message ${look} ${look === "buyer" ? "" : "ours"} ${isHit ? "hit" : ""}`} data-seq={event.seq}>
      <div className="bubble">
        <Content event={event} chat={chat} />
      </div>
      <div className="under">
        {isHit && <b>{t("theHit")} </b>}
        {look === "bot" && `${t("desk:robot")} `}
        {look === "auto" && `${t("desk:automatic")} `}
        {look === "note" && `${t("desk:noteOf")} `}
        {look !== "buyer" && name} <time dateTime={event.at}>{timeToSecond(event.at)}</time>
      </div>
    </div>
  );
}

function Content({ event, chat }: { event: Spoken; chat: string }) {
  const { t } = useTranslation("history");
  const { text, media } = event.payload;
  if (event.kind === "image" && media)
    return <Picture src={`/v1/chats/${chat}/media/${media}`} name={t("desk:kind.image")} width={160} />;
  if (event.kind === "text" || event.kind === "note") return <>{text ?? <i className="quiet">{t("desk:erased")}</i>}</>;
  return (
    <>
      <span className="tag">{t(`desk:kind.${event.kind}`, { defaultValue: event.kind })}</span>{" "}
      {text ?? event.payload.order ?? ""}
    </>
  );
}
