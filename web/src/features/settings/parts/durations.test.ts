import { expect, test } from "vitest";
import { seconds, written } from "./durations";

test("spans are seconds, however they are written", () => {
  expect(["P0D", "P3D", "PT300S", "PT5M", "P1DT1H1M1.5S", "P1W"].map(seconds)).toEqual([
    0, 259_200, 300, 300, 90_061.5, 604_800,
  ]);
  expect(seconds("3 days")).toBe(null);
  expect(seconds(written(90))).toBe(90);
});
