/** Bars of a day: one for every hour that is assessed or in which somebody asked. */
import type { RateHours } from "./now";

export interface Bar {
  hour: number;
  /** Counted ones that began in this hour, decided or not. */
  asked: number;
  hits: number;
  decided: number;
  pending: number;
  rate: number | null;
  isBelow: boolean;
}

export function barsOf(told: RateHours, line: number | null, current: number): Bar[] {
  const known = new Map(told.hours.map((each) => [each.hour, each.figure]));
  const busy = [...known].filter(([, each]) => each.denominator + each.pending > 0).map(([hour]) => hour);
  if (busy.length === 0) return [];
  const assessed = told.assessed.flatMap(({ opens, closes }) => range(Math.floor(opens / 60), Math.ceil(closes / 60)));
  const past = assessed.filter((each) => each <= current);
  const first = Math.min(...busy, ...past);
  const last = Math.max(...busy, ...past);
  return range(first, last + 1).map((hour) => {
    const figure = known.get(hour);
    const rate = figure?.value ?? null;
    return {
      hour,
      asked: (figure?.denominator ?? 0) + (figure?.pending ?? 0),
      hits: figure?.numerator ?? 0,
      decided: figure?.denominator ?? 0,
      pending: figure?.pending ?? 0,
      rate,
      isBelow: rate !== null && line !== null && rate < line,
    };
  });
}

const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at);

/** Minutes until the rate is no longer assessed today, and when that is; null outside of it. */
export function windowLeft(told: RateHours | undefined, minute: number): { span: string; left: number } | null {
  const span = told?.assessed.find(({ opens, closes }) => opens <= minute && minute < closes);
  if (!span) return null;
  return { span: `${clockOf(span.opens)}–${clockOf(span.closes)}`, left: span.closes - minute };
}

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
