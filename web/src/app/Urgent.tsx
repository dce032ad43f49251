/** What calls the reader: a new waiting chat, and a chat's last sixth, are said and rung once. */
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../conversation/words";
import { houseNow, useSecond } from "../lib/clock";
import { useMe } from "../lib/session";
import { useLive } from "../live/store";
import { ring, useBell } from "./health";
import { notice } from "./push";

const SENTENCE_EVERY_MS = 5_000;

export function Urgent() {
  const { t } = useTranslation();
  const me = useMe().account.id;
  const [sentence, setSentence] = useState("");
  const said = useRef({ at: 0, known: new Map<string, string>(), isWarm: false });
  const now = useSecond();
  useEffect(() => {
    const { chats, isReady } = useLive.getState();
    if (!isReady) return;
    const { known, isWarm } = said.current;
    const calls: [Shown, boolean][] = [];
    for (const chat of chats.values()) {
      const state = stateOf(chat, me, now);
      const before = known.get(chat.id) ?? "";
      if (state === before) continue;
      known.set(chat.id, state);
      if (state === "now" || (state === "waiting" && before === "")) calls.push([chat, state === "now"]);
    }
    said.current.isWarm = true;
    const [first] = calls;
    if (!first || !isWarm) return;
    if (calls.some(([, isLast]) => isLast) || document.hidden) ring();
    if (houseNow() - said.current.at < SENTENCE_EVERY_MS) return;
    said.current.at = houseNow();
    const told = tell(t, first[0], now);
    setSentence(told);
    notify(told, first[0].id);
  }, [now, me, t]);
  return (
    <div className="only-heard" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}

/** "" where nobody waits for me, "waiting", or "now" in the last sixth. */
function stateOf(chat: Shown, me: string, now: number): "" | "waiting" | "now" {
  const { card, deadline } = chat;
  if (card.waiting_since == null || card.life?.account !== me) return "";
  if (deadline == null) return "waiting";
  const left = Date.parse(deadline) - now;
  return left >= 0 && left <= (Date.parse(deadline) - Date.parse(card.waiting_since)) / 6 ? "now" : "waiting";
}

function tell(t: (key: string, values: Record<string, unknown>) => string, chat: Shown, now: number): string {
  const seconds = chat.deadline == null ? null : Math.floor((Date.parse(chat.deadline) - now) / 1000);
  return seconds === null || seconds < 0
    ? t("waits", { buyer: chat.buyer })
    : t("waitsFor", { buyer: chat.buyer, count: seconds });
}

/** Outside of the page only while nobody looks at it. */
function notify(sentence: string, chat: string): void {
  if (!document.hidden || useBell.getState().permission !== "granted") return;
  void notice(sentence, chat, `/?chat=${chat}`);
}
