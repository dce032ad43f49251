/** The command palette (Ctrl K): chats by buyer or words, screens, and all keys (?). */
import { Input, Modal } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/store";
import { useDesk } from "./desk";

const KEYS: [string, string][] = [
  ["Alt J", "urgent"],
  ["Alt ↑ ↓", "neighbours"],
  ["Enter", "send"],
  ["Shift Enter", "newLine"],
  ["Ctrl Enter", "sendAndNext"],
  ["/", "quickReplies"],
  ["Ctrl Z", "undo"],
  ["Alt T", "transfer"],
  ["Alt S", "snooze"],
  ["Alt W", "close"],
  ["Alt N", "noteOrPromise"],
  ["F6", "pane"],
  ["F8", "buyerPanel"],
  ["Alt P", "presence"],
  ["Ctrl K", "palette"],
  ["?", "keys"],
];
const MOST = 9;

export function Palette({ open }: { open: (chat: string) => void }) {
  const { t } = useTranslation("desk");
  const palette = useDesk((each) => each.palette);
  const shut = () => useDesk.setState({ palette: null });
  return (
    <>
      <Modal open={palette === "keys"} onCancel={shut} footer={null} title={t("key.keys")} destroyOnHidden>
        <dl className="keys">
          {KEYS.map(([keys, name]) => (
            <div key={keys}>
              <dt>
                <span className="key">{keys}</span>
              </dt>
              <dd>{t(`key.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </Modal>
      <Modal
        open={palette === "search"}
        onCancel={shut}
        footer={null}
        closable={false}
        destroyOnHidden
        aria-label={t("key.palette")}
      >
        <Search
          open={(chat) => {
            shut();
            open(chat);
          }}
        />
      </Modal>
    </>
  );
}

function Search({ open }: { open: (chat: string) => void }) {
  const { t } = useTranslation("desk");
  const [words, setWords] = useState("");
  const [picked, setPicked] = useState(0);
  const chats = useLive((each) => each.chats);
  const found = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return [...chats.values()]
      .filter((each) =>
        `${each.buyer} ${each.preview ?? ""} ${each.shop} ${(each.card.life?.tags ?? []).join(" ")}`
          .toLowerCase()
          .includes(wanted),
      )
      .slice(0, MOST);
  }, [chats, words]);
  const key = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setPicked((at) => Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setPicked((at) => Math.max(0, at - 1));
    else if (event.key === "Enter" && found[picked]) open(found[picked].id);
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette">
      <Input
        autoFocus
        size="large"
        value={words}
        placeholder={t("paletteHint")}
        aria-label={t("key.palette")}
        onKeyDown={key}
        onChange={(event) => {
          setWords(event.target.value);
          setPicked(0);
        }}
      />
      <div role="listbox" aria-label={t("chats")}>
        {found.map((each, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the keyboard
          <div
            role="option"
            key={each.id}
            tabIndex={-1}
            aria-selected={at === picked}
            className={at === picked ? "picked" : ""}
            onClick={() => open(each.id)}
          >
            <b>{each.buyer}</b> <span className="quiet ellipsis">{each.preview}</span>{" "}
            <span className="quiet small">{each.channel}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet">{t("noneFound")}</p>}
    </div>
  );
}
