/** Text has a contrast of 4.5 on whatever it stands on, marks 3.0, in both themes. */
import { expect, test } from "vitest";
import { type Mode, type Token, tokens } from "./tokens";

const TEXTS: [Token, Token[]][] = [
  ["text-1", ["bg-page", "bg-surface", "bg-hover", "bg-selected", "bubble-mine"]],
  ["text-2", ["bg-page", "bg-surface", "bg-hover"]],
  ["text-3", ["bg-page", "bg-surface", "bg-hover", "bg-selected"]],
  ["accent", ["bg-surface", "bg-selected"]],
  ["ok", ["bg-surface", "ok-bg"]],
  ["warn", ["bg-surface", "warn-bg"]],
  ["bad", ["bg-surface", "bad-bg"]],
  ["lost", ["bg-surface", "lost-bg"]],
  ["bot", ["bg-surface", "bot-bg"]],
  ["on-solid", ["accent-solid", "bad-mark"]],
];
const MARKS: [Token, Token[]][] = [
  ["ok-mark", ["bg-surface", "track"]],
  ["warn-mark", ["bg-surface", "track"]],
  ["bad-mark", ["bg-surface", "track"]],
  ["lost-mark", ["bg-surface", "track"]],
  ["bot-mark", ["bg-surface", "bot-bg"]],
];

const channel = (value: number): number => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const cases = (["light", "dark"] as Mode[]).flatMap((mode) =>
  [...TEXTS.map((each) => [...each, 4.5] as const), ...MARKS.map((each) => [...each, 3] as const)].flatMap(
    ([token, grounds, least]) => grounds.map((ground) => [mode, token, ground, least] as const),
  ),
);

test.each(cases)("%s: %s on %s", (mode, token, ground, least) => {
  expect(contrast(tokens[mode][token], tokens[mode][ground])).toBeGreaterThanOrEqual(least);
});
