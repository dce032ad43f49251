/** Which rate a wall puts in front. */
import { expect, test } from "vitest";
import type { LineTold, MetricTold, Packs } from "../lib/packs";
import { type Margin, pressing, ratesOf, replyRate } from "./rates";
import type { MyDay, ShopNow } from "./state";

const metric = (id: string, more: Partial<MetricTold> = {}): MetricTold => ({
  id,
  name: { zh: id },
  unit: "person",
  measure: "rate",
  better: "higher",
  shown_in: "percent",
  decimals: 2,
  status: "current",
  needs_human: false,
  seconds: null,
  note: null,
  ...more,
});
const line = (id: string, of: string, confidence: string, value: number | null): LineTold => ({
  id,
  metric: of,
  confidence,
  value,
  name: {},
  op: ">=",
  basis: "absolute",
  since: null,
  until: null,
});
const packs: Packs = new Map([
  [
    "day",
    {
      id: "day",
      version: "1",
      title: {},
      zone: "Asia/Shanghai",
      metrics: [
        metric("mean", { measure: "mean" }),
        metric("slow"),
        metric("quick"),
        metric("old", { status: "legacy" }),
      ],
      lines: [line("rumour", "slow", "U", 1), line("sure", "quick", "M", 0.7), line("own", "slow", "U", null)],
    },
  ],
]);
const figure = { value: 0.9, numerator: 9, denominator: 10, pending: 0, worst: 0.9, best: 0.9, excluded: {} };
const shop = (name: string, margins: Margin[]): ShopNow => ({
  shop: name,
  at: "2026-11-11T04:00:00Z",
  figures: { day: { mean: figure, slow: figure, quick: figure, old: figure } },
  margins: { day: margins },
  agents: [],
});
const margin = (name: string, of: string, more: Partial<Margin>): Margin => ({
  line: name,
  metric: of,
  op: ">=",
  value: 0.7,
  ...more,
});

test("a confirmed line comes before a rumoured one that is nearer, and what the platform dropped is left out", () => {
  const now = shop("tea", [
    margin("rumour", "slow", { holds: true, misses_left: 0 }),
    margin("sure", "quick", { holds: true, misses_left: 5 }),
  ]);
  expect(ratesOf(now, packs).map((each) => each.metric)).toEqual(["quick", "slow", "mean"]);
  expect(pressing([now], packs)?.metric).toBe("quick");
});

test("a value that the merchant gave counts as their own word", () => {
  const now = shop("tea", [
    margin("own", "slow", { holds: true, misses_left: 2 }),
    margin("sure", "quick", { holds: true, misses_left: 5 }),
  ]);
  expect(pressing([now], packs)?.metric).toBe("slow");
});

test("of all shops a broken line comes first, the one that wants most before others", () => {
  const shops = [
    shop("holds", [margin("sure", "quick", { holds: true, misses_left: 0 })]),
    shop("broken", [margin("sure", "quick", { holds: false, answers_wanted: 3 })]),
    shop("worse", [margin("sure", "quick", { holds: false, answers_wanted: 30 })]),
  ];
  expect(pressing(shops, packs)?.shop).toBe("worse");
});

test("without any line a rate still stands before a wait", () => {
  expect(ratesOf(shop("tea", []), packs).map((each) => each.metric)).toEqual(["slow", "quick", "mean"]);
  expect(pressing([shop("tea", [])], packs)).toBeNull();
});

test("one's own day is told by the first rate of replies that the pack names and that counts somebody", () => {
  const metrics = [
    metric("mean", { measure: "mean", seconds: 0 }),
    metric("old", { seconds: 180, status: "legacy" }),
    metric("watched", { seconds: 30, status: "internal" }),
    metric("quiet", { seconds: 60 }),
    metric("counted", { seconds: 180 }),
  ];
  const own: Packs = new Map([
    ["day", { id: "day", version: "1", title: {}, zone: "Asia/Shanghai", metrics, lines: [] }],
  ]);
  const day = (...counted: string[]): MyDay => {
    const figures = metrics.map(({ id }) => [id, { ...figure, denominator: counted.includes(id) ? 10 : 0 }]);
    return { shop: "tea", at: "2026-11-11T04:00:00Z", mine: { day: Object.fromEntries(figures) } };
  };
  expect(replyRate([day("mean", "old", "watched", "counted")], own)?.told.id).toBe("counted");
  expect(replyRate([day("old", "watched")], own)?.told.id).toBe("watched");
  expect(replyRate([day("mean", "old")], own)).toBeNull();
});
