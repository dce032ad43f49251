/** A search survives its address. */
import { expect, test } from "vitest";
import { dayBegins, dayEnds, filtersOf, isByWords, searchFrom } from "./search";

test("numbers in an address are texts, single values are lists, nonsense is left out", () => {
  expect(
    searchFrom({
      words: 12,
      order: 261100,
      shop: "tea",
      status: ["waiting", "lost"],
      since: "11.11.",
      seq: 7,
      more: 1,
    }),
  ).toEqual({ words: "12", order: "261100", shop: ["tea"], status: ["waiting"], seq: 7 });
});

test("what is read is no filter", () => {
  expect(filtersOf({ words: "a", chat: "c", seq: 3 })).toEqual({ words: "a" });
});

test("words, buyers, orders and kinds are asked of the index", () => {
  expect(isByWords({ words: "a" })).toBe(true);
  expect(isByWords({ kind: ["image"] })).toBe(true);
  expect(isByWords({ status: ["waiting"], shop: ["tea"] })).toBe(false);
});

test("a day is whole, whatever it is long", () => {
  const hours = (Date.parse(dayEnds("2026-11-11")) - Date.parse(dayBegins("2026-11-11"))) / 3_600_000;
  expect(hours).toBe(24);
});

test("a verdict and an hour are of a figure, or of nothing", () => {
  expect(searchFrom({ verdict: "missed", hour: 9 })).toEqual({});
  const asked = { metric: "reply_3min", verdict: "missed", hour: 0 };
  expect(searchFrom(asked)).toEqual(asked);
  expect(searchFrom({ ...asked, verdict: "lost", hour: 24 })).toEqual({ metric: "reply_3min" });
});
