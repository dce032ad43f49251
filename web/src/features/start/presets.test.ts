import { expect, test } from "vitest";
import { alarmsOf, assessedOf, hoursOf, minutesIn, type Preset, presetsFor, uncovered } from "./presets";

const assessed = [{ begins: 480, ends: 1_380 }]; // 08:00–23:00
const found = Object.fromEntries(presetsFor(assessed).map((each) => [each.name, each])) as Record<string, Preset>;
const missed = (name: string) => minutesIn(uncovered(assessed, (found[name] as Preset).shifts));

test("what the assessed hours miss: an hour at either end, nothing, nothing, three hours", () => {
  expect(["one", "small", "three", "day"].map(missed)).toEqual([120, 0, 0, 180]);
});

test("hours are the spans in which anybody is there", () => {
  const weekly = (name: string) => hoursOf(found[name] as Preset, "Asia/Shanghai").weekly;
  expect(weekly("small")).toEqual([{ from: "08:00", until: "23:00" }]);
  expect(weekly("three")).toEqual([{ from: "00:00", until: "24:00" }]);
  expect(weekly("day")).toEqual([{ from: "08:30", until: "20:30" }]);
});

test("it is quiet while nobody is there, and never where somebody always is", () => {
  expect(alarmsOf(found.small as Preset).quiet_hours).toMatchObject({ from: "23:00", until: "08:00" });
  expect(alarmsOf(found.three as Preset).quiet_hours).toBe(null);
  expect(alarmsOf(found.one as Preset).ladders?.waiting?.map((each) => each.level)).toEqual([
    "agent",
    "agent",
    "owner",
  ]);
});

test("a platform that names no hours assesses all of the day", () => {
  expect(assessedOf(undefined)).toEqual([{ begins: 0, ends: 1_440 }]);
});
