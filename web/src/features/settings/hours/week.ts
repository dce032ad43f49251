/** A week of opening hours, a day at a time; the house keeps it by periods. */
import type { Schemas } from "../../../lib/house";

type Period = Schemas["Period"];
export interface Hours {
  from: string;
  until: string;
}
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The hours of every weekday, 1 = Monday. */
export const daysOf = (weekly: readonly Period[]): Record<string, Hours[]> =>
  Object.fromEntries(
    DAYS.map((day) => [
      String(day),
      weekly
        .filter((each) => (each.days ?? DAYS).includes(day))
        .map(({ from, until }) => ({ from, until }))
        .sort((one, other) => (one.from < other.from ? -1 : 1)),
    ]),
  );

/** Periods again: the same hours on several days are one. */
export function weeklyOf(days: Record<string, readonly Hours[]>): Period[] {
  const found = new Map<string, Period & { days: number[] }>();
  for (const day of DAYS)
    for (const { from, until } of days[String(day)] ?? []) {
      const period = found.get(`${from}-${until}`) ?? { from, until, days: [] };
      if (!period.days.includes(day)) period.days.push(day);
      found.set(`${from}-${until}`, period);
    }
  return [...found.values()].sort((one, other) => (one.from < other.from ? -1 : 1));
}
