import { expect, test } from "vitest";
import { daysOf, weeklyOf } from "./week";

test("a week comes back as it was, whatever days were left out", () => {
  const weekly = [
    { from: "09:00", until: "12:00", days: [1, 2, 3, 4, 5] },
    { from: "13:00", until: "18:00", days: [1, 2, 3, 4, 5] },
    { from: "20:00", until: "02:00", days: [6] },
  ];
  expect(weeklyOf(daysOf(weekly))).toEqual(weekly);
  expect(weeklyOf(daysOf([{ from: "08:00", until: "23:00" }]))).toEqual([
    { from: "08:00", until: "23:00", days: [1, 2, 3, 4, 5, 6, 7] },
  ]);
});

test("a day without hours is closed, and the same hours twice are once", () => {
  expect(
    weeklyOf({
      "1": [],
      "2": [
        { from: "09:00", until: "10:00" },
        { from: "09:00", until: "10:00" },
      ],
    }),
  ).toEqual([{ from: "09:00", until: "10:00", days: [2] }]);
});
