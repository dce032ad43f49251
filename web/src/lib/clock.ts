/** The house's clock, and one second hand for everything that counts down. */
import { useSyncExternalStore } from "react";

let ahead = 0; // milliseconds that the house's clock is ahead of this machine's

/** The house has said what time it is. */
export function setHouseTime(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

/** Milliseconds since 1970 by the house's clock. */
export const houseNow = (): number => Date.now() + ahead;

const listeners = new Set<() => void>();
let shown = houseNow();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Once at the beginning of every second of the house; not at all while nobody looks. */
function tick(): void {
  shown = houseNow();
  for (const listener of listeners) listener();
  arm();
}

function arm(): void {
  clearTimeout(timer);
  if (listeners.size > 0 && !document.hidden) timer = setTimeout(tick, 1000 - (houseNow() % 1000) + 5);
}

if (typeof document !== "undefined")
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) tick();
  });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    shown = houseNow();
    arm();
  }
  return () => {
    listeners.delete(listener);
  };
}

/** The house's time, renewed every second. */
export const useSecond = (): number => useSyncExternalStore(subscribe, () => shown);
