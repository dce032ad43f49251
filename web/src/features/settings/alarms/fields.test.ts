import { expect, test } from "vitest";
import { fieldsOf, KINDS, usualLadder, wantedOf } from "./fields";

test("what is as usual is left out, an empty ladder stays switched off", () => {
  expect(wantedOf(fieldsOf(null)).ladders).toEqual({});
  expect(wantedOf(fieldsOf({ ladders: { muted: [] } })).ladders).toEqual({ muted: [] });
  expect(fieldsOf(null).ladders.waiting).toEqual(usualLadder("waiting"));
});

test("every kind of the house has its ladder in the form", () => {
  for (const kind of KINDS) expect(fieldsOf(null).ladders[kind].length).toBeGreaterThan(0);
});

test("quiet hours that are off stay off", () => {
  expect(fieldsOf({ quiet_hours: null }).quiet_hours).toBe(null);
});
