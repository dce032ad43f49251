/** The words that browser and house share. */

import type { components } from "../generated/frames";
import words from "../generated/words.json";

export type Spoken = components["schemas"]["Spoken"];
export type Shown = components["schemas"]["Shown"];
export type Card = components["schemas"]["Card"];
export type Life = components["schemas"]["Life"];
export type Task = components["schemas"]["Task"];
export type Frame = components["schemas"]["Frame"];
export type FromPage = components["schemas"]["FromPage"];

const families = new Map<string, string>(
  Object.entries(words.kinds).flatMap(([family, kinds]) => kinds.map((kind): [string, string] => [kind, family])),
);
const talk = new Set<string>(words.talk);
const marks = new Set<string>(words.marks);

/** The family of a kind; undefined for a kind of a newer house. */
export const familyOf = (kind: string): string | undefined => families.get(kind);

/** Whether a kind is something said: a message, a card, a coupon, an operation. */
export const isTalk = (kind: string): boolean => talk.has(families.get(kind) ?? "");

export const isMark = (word: string | null | undefined): word is string => marks.has(word ?? "");
