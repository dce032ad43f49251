/** A chat in the list. Rows are drawn again only when their own chat changes. */
import { type CSSProperties, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { Ring } from "../../../design/Ring";
import { houseNow, useSecond } from "../../../lib/clock";
import { shortTime } from "../../../lib/format";
import { useLive } from "../../../live/store";
import { useUnread } from "../desk";
import type { Group } from "./order";

interface Props {
  chat: Shown;
  group: Group;
  isOpen: boolean;
  open: (chat: string) => void;
  style: CSSProperties;
}

const RING_STAYS = (chat: Shown): boolean => chat.deadline != null && chat.card.waiting_since != null;

export const Row = memo(
  function Row({ chat, group, isOpen, open, style }: Props) {
    const { t } = useTranslation("desk");
    const { card } = chat;
    const tags = card.life?.tags ?? [];
    const unread = useUnread(chat);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox walks its options with the arrow keys
      <div
        id={`chat-${chat.id}`}
        role="option"
        tabIndex={-1}
        aria-selected={isOpen}
        className={`row ${group} ${isOpen ? "open" : ""}`}
        style={style}
        onClick={() => open(chat.id)}
      >
        {RING_STAYS(chat) ? (
          <Ring deadline={chat.deadline ?? ""} since={card.waiting_since ?? ""} />
        ) : (
          <Avatar name={chat.buyer} />
        )}
        <div className="row-text">
          <div className="row-line">
            <Name chat={chat} />
            {card.human_wanted && <span className="tag warn">{t("wantsPerson")}</span>}
            {card.spam != null && <span className="tag lost">{t(`spam.${card.spam}`)}</span>}
            {tags.slice(0, 1).map((tag) => (
              <span key={tag} className="tag">
                {tag}
              </span>
            ))}
            <span className="quiet small ellipsis channel" title={chat.channel}>
              {chat.channel}
            </span>
          </div>
          <div className="row-line">
            <Preview chat={chat} />
            {group === "waiting" ? (
              <span className={`count ${unread ? "" : "seen"}`}>{card.waiting}</span>
            ) : (
              <span className="quiet small">{card.at ? shortTime(card.at, houseNow()) : ""}</span>
            )}
          </div>
        </div>
      </div>
    );
  },
  (one, other) =>
    one.chat === other.chat &&
    one.isOpen === other.isOpen &&
    one.group === other.group &&
    one.style.top === other.style.top &&
    one.open === other.open,
);

function Name({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const now = useSecond();
  const isLost = chat.deadline != null && Date.parse(chat.deadline) < now;
  return (
    <>
      <span className={`ellipsis name ${isLost ? "is-lost" : ""}`} title={chat.buyer}>
        {chat.buyer}
      </span>
      {isLost && <span className="tag lost">{t("late")}</span>}
    </>
  );
}

function Preview({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const isTyping = useIsTyping(chat.id);
  const said = chat.card.said;
  if (isTyping) return <span className="ellipsis preview typing">{t("typing")}</span>;
  return (
    <span className="ellipsis preview">
      {chat.preview || (said ? t(`kind.${said.kind}`, { defaultValue: said.kind }) : "")}
    </span>
  );
}

const TYPES_FOR_MS = 6_000;

export function useIsTyping(chat: string): boolean {
  const at = useLive((each) => each.typing.get(chat)?.get("") ?? 0);
  const now = useSecond();
  return at > 0 && now - at < TYPES_FOR_MS;
}

export function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {[...name][0] ?? "?"}
    </span>
  );
}
