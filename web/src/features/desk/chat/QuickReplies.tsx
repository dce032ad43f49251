/** The tray of quick replies above the composer: it pushes the messages up and never hides them. */
import { useTranslation } from "react-i18next";
import type { Reply } from "./replies";

interface Props {
  replies: readonly Reply[];
  letters: string;
  picked: number;
  fill: (text: string) => string;
  choose: (reply: Reply, isSent: boolean) => void;
}

export function QuickReplies({ replies, letters, picked, fill, choose }: Props) {
  const { t } = useTranslation("desk");
  return (
    <div className="tray">
      <p className="tray-head small quiet">
        <span>
          {t("quickReplies")} <b className="accent">{letters}</b> {t("initials", { count: replies.length })}
        </span>
        <span className="tray-keys">
          <span className="key">↑↓</span> {t("pick")} <span className="key">Enter</span> {t("fillIn")}{" "}
          <span className="key">Ctrl Enter</span> {t("sendAndNext")} <span className="key">Esc</span> {t("away")}
        </span>
      </p>
      {replies.length === 0 && <p className="quiet">{t("noReplies")}</p>}
      <div role="listbox" aria-label={t("quickReplies")}>
        {replies.map((each, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the composer keeps the keyboard
          <div
            role="option"
            key={each.reply.id}
            tabIndex={-1}
            aria-selected={at === picked}
            className={at === picked ? "picked" : ""}
            onClick={() => choose(each, false)}
          >
            <span className="key">{at + 1}</span>
            <b className="ellipsis title">{each.reply.title}</b>
            <span className="ellipsis text">{fill(each.reply.text)}</span>
            <span className="quiet small">{each.reply.folder || t(each.reply.account ? "own" : "team")}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
