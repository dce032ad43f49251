/** Alarm settings as their form has them: the ladder of every kind, whether set or usual. */
import usual from "../../../generated/usual.json";
import type { Schemas } from "../../../lib/house";
import { same } from "../parts/merging";

type Settings = Schemas["AlarmSettings"];
export type Kind = Schemas["Kind"];
type Step = Schemas["Step"];

const ladders = usual.ladders as Record<Kind, Step[]>;
/** The most used first. */
export const KINDS: readonly Kind[] = [
  "waiting",
  "nobody_on_duty",
  "all_offline",
  "misses_left",
  "muted",
  "channel_silent",
  "channel_failing",
];
/** Those that must hold for a while before they are an alarm. */
export const PATIENT = ["nobody_on_duty", "all_offline", "muted", "channel_silent", "channel_failing"] as const;
export const WAYS: readonly Schemas["Way"][] = ["screen", "sound", "web_push", "email", "webhook"];

export const isForeseen = (kind: Kind): boolean => usual.foreseen.includes(kind);
export const isPersonal = (kind: Kind): boolean => usual.personal.includes(kind);
export const usualLadder = (kind: Kind): Step[] => structuredClone(ladders[kind]);

export type Fields = Required<Omit<Settings, "ladders" | "patience">> & {
  ladders: Record<Kind, Step[]>;
  patience: Required<NonNullable<Settings["patience"]>>;
};

export const fieldsOf = (told: Settings | null): Fields => ({
  ladders: Object.fromEntries(
    KINDS.map((kind) => [kind, told?.ladders?.[kind] ?? usualLadder(kind)]),
  ) as Fields["ladders"],
  repeats: { agent: null, lead: 60, owner: 600, ...told?.repeats },
  quiet_hours: told?.quiet_hours === null ? null : { ...QUIET, ...told?.quiet_hours },
  patience: {
    nobody_on_duty: 60,
    all_offline: 10,
    muted: 30,
    channel_silent: 1800,
    channel_failing: 60,
    ...told?.patience,
  },
  coalesce_seconds: told?.coalesce_seconds ?? 5,
  misses_left_below: told?.misses_left_below ?? 5,
});

export const QUIET: Required<Schemas["QuietHours"]> = {
  from: "23:00",
  until: "08:00",
  kinds: ["waiting", "nobody_on_duty", "all_offline"],
  ways: ["screen"],
};

/** A ladder that is as usual is left out: it stays so when what is usual is bettered. */
export const wantedOf = (fields: Fields): Settings => ({
  ...fields,
  ladders: Object.fromEntries(
    KINDS.map((kind) => [kind, fields.ladders[kind]] as const).filter(([kind, steps]) => !same(steps, ladders[kind])),
  ),
});
