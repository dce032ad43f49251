/** The ring's states as the look's page draws them, with a line of three minutes. */
import { expect, test } from "vitest";
import { ringView } from "./ring";

const T = 180_000;
const cases: [number, string, string][] = [
  [170_000, "safe", "2:50"],
  [91_000, "safe", "1:31"],
  [90_000, "soon", "1:30"],
  [59_999, "soon", "59"],
  [31_000, "soon", "31"],
  [30_000, "now", "30"],
  [9_400, "now", "9"],
  [0, "now", "0"],
  [-6_000, "lost", "+0:06"],
  [-84_500, "lost", "+1:24"],
  [-720_000, "lost", "+12分"],
  [-5_999_000, "lost", "+99分"],
  [-6_000_000, "lost", "+1时"],
];

test.each(cases)("%i ms left", (left, state, text) => {
  const view = ringView(left, T, false, "分", "超", "时");
  expect([view.state, view.text]).toEqual([state, text]);
});

test("a small lost ring says so in one word", () => {
  expect(ringView(-6_000, T, true, "分", "超").text).toBe("超");
});
