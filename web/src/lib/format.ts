/** Times, numbers and shares as the reader writes them. */
import { language } from "./language";

const locale = (): string => (language() === "zh" ? "zh-CN" : "en-GB");
const made = new Map<string, Intl.DateTimeFormat>();

function times(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale(), { hourCycle: "h23", ...options });
  made.set(key, known);
  return known;
}

/** `zone`: on whose clock, where it is not the reader's. */
export const timeOfDay = (at: string | number, zone?: string): string =>
  times({ hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));

export const timeToSecond = (at: string | number, zone?: string): string =>
  times({ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone }).format(new Date(at));

/** Minutes since midnight on the clock of a zone. */
export function minuteOfDay(at: number, zone: string): number {
  const [hour, minute] = new Date(at)
    .toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone })
    .split(":");
  return Number(hour) * 60 + Number(minute);
}

export const dayAndTime = (at: string | number): string =>
  times({ month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(new Date(at));

export const dayOf = (at: string | number, zone?: string): string =>
  times({ month: "long", day: "numeric", weekday: "short", timeZone: zone }).format(new Date(at));

export const isSameDay = (one: string | number, other: string | number): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();

/** Today the time, before that the day. */
export const shortTime = (at: string | number, now: number): string =>
  isSameDay(at, now) ? timeOfDay(at) : times({ month: "2-digit", day: "2-digit" }).format(new Date(at));

/** A share with one decimal: 63.1%. Cut, not rounded up: what is below a line never looks like on it. */
export const percent = (share: number | null | undefined): string =>
  share == null ? "–" : `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`;
