/** The rates of shops beside their lines: which one is in most danger. */
import { isUnconfirmed, lineOf, type MetricTold, type Packs } from "../lib/packs";
import type { MyDay, ShopNow } from "./state";

export type Figure = ShopNow["figures"][string][string];
export type Margin = ShopNow["margins"][string][number];

/** A figure that the platform still goes by, and its lines, the one to watch first. */
export interface Rate {
  shop: string;
  pack: string;
  metric: string;
  figure: Figure;
  told: MetricTold | undefined;
  margins: readonly Margin[];
}

/** The figures that a wall shows of a shop, the one in most danger first. Rates before waits. */
export function ratesOf(now: ShopNow, packs: Packs): Rate[] {
  const found = Object.entries(now.figures).flatMap(([pack, figures]) => {
    const order = packs.get(pack)?.metrics.map((each) => each.id) ?? Object.keys(figures);
    return order.flatMap((metric): Rate[] => {
      const figure = figures[metric];
      const told = packs.get(pack)?.metrics.find((each) => each.id === metric);
      if (!figure || (told && told.status !== "current")) return [];
      const margins = (now.margins[pack] ?? []).filter((each) => each.metric === metric);
      const watch = (each: Margin) => danger(each, figure, isUnconfirmed(lineOf(packs, pack, each.line)));
      return [
        { shop: now.shop, pack, metric, figure, told, margins: [...margins].sort((a, b) => watch(a) - watch(b)) },
      ];
    });
  });
  const ranks = new Map(found.map((each) => [each, rankOf(each, packs)]));
  return found.sort((one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0));
}

/** The rate nearest to a line that somebody stands behind, of all shops. */
export function pressing(shops: readonly ShopNow[], packs: Packs): Rate | null {
  const all = shops.flatMap((now) => ratesOf(now, packs)).filter((each) => each.margins.length > 0);
  return all.sort((one, other) => rankOf(one, packs) - rankOf(other, packs))[0] ?? null;
}

/** The first rate of replies that a pack names and that has something to tell of one's own day; what
 * the platform goes by before what a shop only watches. */
export function replyRate(days: Iterable<MyDay>, packs: Packs): { told: MetricTold; figure: Figure } | null {
  const found = [...days].flatMap(({ mine }) =>
    Object.entries(mine).flatMap(([pack, figures]) =>
      (packs.get(pack)?.metrics ?? []).flatMap((told) => {
        const figure = figures[told.id];
        const isReply = told.measure === "rate" && told.seconds != null && told.status !== "legacy";
        return isReply && figure && figure.denominator > 0 ? [{ told, figure }] : [];
      }),
    ),
  );
  return found.find(({ told }) => told.status === "current") ?? found[0] ?? null;
}

const NO_LINE = 1e9;
const UNCONFIRMED = 1e10;
const NOTHING_YET = 1e8;

/** Smaller is nearer to trouble: broken lines by how much they want, then misses left. */
function danger(margin: Margin, figure: Figure, unconfirmed: boolean): number {
  const base = unconfirmed ? UNCONFIRMED : 0;
  if (figure.denominator === 0) return base + NOTHING_YET;
  if (margin.holds === false) return base - 1 - (margin.answers_wanted ?? NOTHING_YET / 2);
  return base + Math.min(margin.misses_left ?? NOTHING_YET - 1, NOTHING_YET - 1);
}

export function rankOf(rate: Rate, packs: Packs): number {
  const [first] = rate.margins;
  const isRate = rate.told === undefined || rate.told.measure === "rate";
  const confirmed = first !== undefined && !isUnconfirmed(lineOf(packs, rate.pack, first.line));
  if (first && confirmed) return danger(first, rate.figure, false);
  return isRate ? (first ? NO_LINE + 1 : NO_LINE) : NO_LINE + 2;
}
