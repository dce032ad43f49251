import { expect, test } from "vitest";
import usual from "../../../generated/usual.json";
import { seconds } from "../parts/durations";
import { fieldsOf, POLICIES, ready, wantedOf } from "./fields";

test("usual settings come out as the house has them", () => {
  const { policy } = wantedOf(fieldsOf(null));
  const same = (one: unknown, other: unknown): boolean =>
    typeof one === "string" && typeof other === "string" && seconds(one) !== null
      ? seconds(one) === seconds(other)
      : JSON.stringify(one) === JSON.stringify(other);
  for (const [name, value] of Object.entries(usual.policies.deadline_aware))
    if (typeof value !== "object" || value === null) expect(same(policy?.[name as never], value), name).toBe(true);
  expect(policy?.sticky).toEqual({ within: "PT259200S", wait_at_most: "PT0S" });
});

test("rules, weights and groups' own policies survive the form", () => {
  const told = {
    policy: { ...usual.policies.deadline_aware, windows: [{ at_most: 3, per: "PT60S" }], overflow: null } as never,
    rules: [
      {
        channel: "a",
        stage: "pre_sale" as const,
        tag: null,
        group: null,
        language: null,
        band: 2,
        skills: { 尺码: 4 },
      },
    ],
    weights: { lin: 2 },
    group_policies: { g: { prefer: ["turn" as const] } },
  };
  const back = wantedOf(fieldsOf(told));
  expect(back.rules).toEqual(told.rules);
  expect(back.weights).toEqual({ lin: 2 });
  expect(back.group_policies).toEqual(told.group_policies);
  expect(back.policy?.overflow).toBe(null);
  expect(back.policy?.windows).toEqual([{ at_most: 3, per: "PT60S" }]);
});

test("every ready policy fills the form", () => {
  for (const name of POLICIES) expect(ready(name).prefer.length).toBeGreaterThan(0);
});
