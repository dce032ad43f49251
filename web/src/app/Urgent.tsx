/** What calls the reader is said and rung once: a new waiting chat, a chat's last sixth, an alarm. */
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../conversation/words";
import { houseNow, useSecond } from "../lib/clock";
import { useWords } from "../lib/packs";
import { useMe } from "../lib/session";
import { onRung } from "../live/alarms";
import type { AlarmTold } from "../live/state";
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
  useRung((sentence) => {
    said.current.at = houseNow();
    setSentence(sentence);
  });
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
    notify(told, first[0].id, atTheDesk(first[0].id));
  }, [now, me, t]);
  return (
    <div className="only-heard" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}

/** Alarms that are told to the reader now ring if they have a sound, and are always said. */
function useRung(say: (sentence: string) => void): void {
  const words = useWords();
  const hear = useRef((_rung: readonly AlarmTold[], _sound: boolean): void => {});
  hear.current = (rung, sound) => {
    if (sound) ring();
    say(rung.map((each) => words(each.said)).join(" "));
    for (const { said, id, chats } of rung) notify(words(said), id, chats?.[0] ? atTheDesk(chats[0]) : "/");
  };
  useEffect(() => onRung((rung, sound) => hear.current(rung, sound)), []);
}

const atTheDesk = (chat: string): string => `/?chat=${chat}`;

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
function notify(sentence: string, tag: string, link: string): void {
  if (!document.hidden || useBell.getState().permission !== "granted") return;
  void notice(sentence, tag, link);
}
