/** Which queue a task is in, and what ends first. */
import { expect, test } from "vitest";
import type { Shown } from "../../conversation/words";
import { PARTS } from "./parts";
import { belongs, endOf, type OpenTask, signatureOf } from "./tasks";

const task = (what: string, more: Partial<OpenTask["task"]> = {}, clock: OpenTask["clock"] = null): OpenTask => ({
  chat: "c",
  shop: "tea",
  channel: "web",
  buyer: "a",
  clock,
  task: {
    id: "t",
    what,
    opened_at: "2026-11-11T00:00:00Z",
    risk: false,
    account: null,
    due: null,
    order: null,
    closed_at: null,
    ...more,
  },
});
const clock = (deadline: string) => ({ metric: "reply_48h", start: "2026-11-11T00:00:00Z", deadline });

test("each is in the parts that it belongs to", () => {
  const parts = (each: OpenTask) => PARTS.filter((part) => belongs(part, each, "lin"));
  expect(parts(task("complaint", { account: "lin" }))).toEqual(["all", "mine", "complaints"]);
  expect(parts(task("refund"))).toEqual(["all", "nobodys", "sales"]);
  expect(parts(task("follow_up", { account: "zhou" }))).toEqual(["all", "promises"]);
});

test("the platform's clock ends a complaint unless something was promised sooner", () => {
  const deadline = "2026-11-13T00:00:00Z";
  expect(endOf(task("complaint", {}, clock(deadline)))).toMatchObject({ at: deadline, isPlatforms: true });
  const sooner = "2026-11-12T00:00:00Z";
  expect(endOf(task("complaint", { due: sooner }, clock(deadline)))).toMatchObject({ at: sooner, isPlatforms: false });
  expect(endOf(task("refund"))).toBeNull();
});

test("any change of a task is seen, and nothing else", () => {
  const chat = (more: object, waiting = 0): Shown => ({
    id: "c",
    shop: "tea",
    channel: "web",
    buyer: "a",
    card: { waiting, life: { tasks: [{ id: "t", what: "complaint", opened_at: "2026-11-11T00:00:00Z", ...more }] } },
  });
  const before = signatureOf([chat({})]);
  expect(signatureOf([chat({}, 3)])).toBe(before);
  for (const more of [{ account: "lin" }, { due: "2026-11-12T00:00:00Z" }, { risk: true }, { closed_at: "x" }])
    expect(signatureOf([chat(more)])).not.toBe(before);
});
