import { expect, test } from "vitest";
import { timeOf } from "./TimeInput";

test("times are understood as people type them", () => {
  const typed = ["9", "930", "0930", "9:30", "9：30", "24", "2400", "23:5", "", "25", "24:30", "九点"];
  expect(typed.map(timeOf)).toEqual([
    ...["09:00", "09:30", "09:30", "09:30", "09:30", "24:00", "24:00", "23:05"],
    ...["", "25", "24:30", "九点"],
  ]);
});
