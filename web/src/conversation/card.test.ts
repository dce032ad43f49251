/** What the house's own fold made of cards, the browser makes of them, too. */
import { expect, test } from "vitest";
import vectors from "../generated/vectors.json";
import { nextCard } from "./card";
import type { Card, Spoken } from "./words";

interface Vector {
  card: Card;
  event: Spoken;
  after: Card;
}

const byKind = new Map<string, Vector[]>();
for (const each of vectors as Vector[]) {
  byKind.set(each.event.kind, [...(byKind.get(each.event.kind) ?? []), each]);
}

/** Left out and null mean the same, and sets have no order. */
function plain(card: Card): unknown {
  const told = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.every((each) => typeof each === "string") ? [...value].sort() : value.map(told);
    if (value === null || typeof value !== "object") return value;
    const known = Object.entries(value).filter(([, each]) => each != null && each !== false && each !== 0);
    return Object.fromEntries(known.map(([name, each]) => [name, told(each)]));
  };
  return told(card);
}

test.each([...byKind])("%s", (_kind, each) => {
  for (const { card, event, after } of each) {
    expect(plain(nextCard(card, event))).toEqual(plain(after));
  }
});
