import type { Words } from "./words";

const LOCALES = { zh: "zh-CN", en: "en-GB" };

/** `20:36` */
export function clock(words: Words, at: string): string {
  return part(words, at, { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** `今天`, `昨天`, `11月3日` */
export function day(words: Words, at: string, today = new Date()): string {
  const away = daysBetween(today, new Date(at));
  if (away === 0) return words.today;
  if (away === -1) return words.yesterday;
  if (away === 1) return words.tomorrow;
  return part(words, at, { month: "long", day: "numeric" });
}

/** When somebody comes: `明天 08:00` */
export function moment(words: Words, at: string): string {
  return `${day(words, at)} ${clock(words, at)}`;
}

function part(words: Words, at: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[words.language], options).format(new Date(at));
}

function daysBetween(one: Date, other: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(other) - midnight(one)) / 86_400_000);
}
