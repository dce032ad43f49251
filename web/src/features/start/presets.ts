/** Who answers when, as most shops begin: hours and alarms that fit, and what the platform's hours miss. */
import type { Schemas } from "../../lib/house";

export interface Shift {
  /** Minutes of the day. */
  begins: number;
  ends: number;
}
export interface Preset {
  name: "one" | "small" | "three" | "day";
  shifts: readonly Shift[];
}

const DAY = 1_440;
const HOUR = 60;

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * HOUR + minute;
};
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / HOUR)).padStart(2, "0")}:${String(minutes % HOUR).padStart(2, "0")}`;

/** The hours that a platform assesses; all of the day where it names none. */
export const assessedOf = (pack: Schemas["KnownPackTold"] | undefined): Shift[] =>
  pack?.assessed?.length
    ? pack.assessed.map(({ start, end }) => ({ begins: minutesOf(start), ends: minutesOf(end) }))
    : [{ begins: 0, ends: DAY }];

export function presetsFor(assessed: readonly Shift[]): Preset[] {
  const begins = Math.min(...assessed.map((each) => each.begins));
  const ends = Math.max(...assessed.map((each) => each.ends));
  const middle = Math.round((begins + ends) / 2 / 30) * 30;
  return [
    { name: "one", shifts: [{ begins: begins + HOUR, ends: ends - HOUR }] },
    {
      name: "small",
      shifts: [
        { begins, ends: middle + 30 },
        { begins: middle - 30, ends },
      ],
    },
    {
      name: "three",
      shifts: [
        { begins: 0, ends: 8 * HOUR },
        { begins: 8 * HOUR, ends: 16 * HOUR },
        { begins: 16 * HOUR, ends: DAY },
        { begins: 19 * HOUR, ends: 23 * HOUR },
      ],
    },
    { name: "day", shifts: [{ begins: 510, ends: 1_230 }] },
  ];
}

/** Shifts as the spans in which anybody is there. */
function joined(shifts: readonly Shift[]): Shift[] {
  const found: Shift[] = [];
  for (const each of [...shifts].sort((one, other) => one.begins - other.begins)) {
    const last = found.at(-1);
    if (last && each.begins <= last.ends) last.ends = Math.max(last.ends, each.ends);
    else found.push({ ...each });
  }
  return found;
}

/** The parts of some spans that no shift covers. */
export const uncovered = (spans: readonly Shift[], shifts: readonly Shift[]): Shift[] =>
  spans.flatMap((span) => {
    let left: Shift[] = [{ ...span }];
    for (const shift of joined(shifts))
      left = left.flatMap(({ begins, ends }) =>
        [
          { begins, ends: Math.min(ends, shift.begins) },
          { begins: Math.max(begins, shift.ends), ends },
        ].filter((each) => each.begins < each.ends),
      );
    return left;
  });

export const minutesIn = (spans: readonly Shift[]): number =>
  spans.reduce((sum, each) => sum + each.ends - each.begins, 0);

export const hoursOf = (preset: Preset, timezone: string): Schemas["OpeningHours"] => ({
  timezone,
  weekly: joined(preset.shifts).map(({ begins, ends }) => ({ from: timeOf(begins), until: timeOf(ends) })),
});

/** Quiet while nobody is there anyway. One person is agent and owner at once: no lead is told in between. */
export function alarmsOf(preset: Preset): Schemas["AlarmSettings"] {
  const spans = joined(preset.shifts);
  const [first, last] = [spans[0] as Shift, spans.at(-1) as Shift];
  const isRound = minutesIn(spans) >= DAY;
  const quiet_hours = isRound
    ? null
    : { from: timeOf(last.ends % DAY), until: timeOf(first.begins), kinds: [], ways: ["screen" as const] };
  return preset.name === "one" ? { quiet_hours, ladders: ALONE } : { quiet_hours };
}

const ANYWHERE: Schemas["Way"][] = ["web_push", "webhook"];
const ALONE: Schemas["AlarmSettings"]["ladders"] = {
  waiting: [
    { level: "agent", seconds: -60, ways: ["screen"] },
    { level: "agent", seconds: -20, ways: ["screen", "sound"] },
    { level: "owner", seconds: 0, ways: ANYWHERE },
  ],
  nobody_on_duty: [],
  all_offline: [{ level: "owner", seconds: 0, ways: ANYWHERE }],
};
