import { expect, test } from "vitest";
import { merged, same } from "./merging";

const base = { name: "茶", hours: { zh: "9", en: "9" }, sites: ["a"], more: null as string | null };

test("what I did not touch is as they left it", () => {
  const mine = { ...base, name: "茶铺" };
  const theirs = { ...base, hours: { zh: "10", en: "9" }, sites: ["a", "b"] };
  expect(merged(base, mine, theirs)).toEqual({ ...theirs, name: "茶铺" });
});

test("what both changed is as I have it, field by field; lists are taken whole", () => {
  const mine = { ...base, hours: { zh: "8", en: "9" }, sites: ["c"], more: "x" };
  const theirs = { ...base, hours: { zh: "10", en: "7" }, sites: ["b"], more: "y" };
  expect(merged(base, mine, theirs)).toEqual({ ...base, hours: { zh: "8", en: "7" }, sites: ["c"], more: "x" });
});

test("what I took out stays out unless they changed nothing of mine", () => {
  const before: Record<string, number> = { a: 1, b: 2 };
  expect(merged(before, { a: 1 }, { a: 1, b: 2, c: 3 })).toEqual({ a: 1, c: 3 });
  expect(merged(before, { a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
});

test("order of keys and what is left out make no difference", () => {
  expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(same({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
});
