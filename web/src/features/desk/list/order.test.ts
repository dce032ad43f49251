/** The order of saving. */
import { expect, test } from "vitest";
import type { Shown } from "../../../conversation/words";
import { mostUrgent, parts, shows } from "./order";

const NOW = Date.parse("2026-11-11T12:00:00Z");

const chat = (id: string, card: Shown["card"], deadline: string | null = null): Shown => ({
  id,
  shop: "tea",
  channel: "web",
  buyer: id,
  card,
  deadline,
});
const waits = (id: string, deadline: string | null): Shown =>
  chat(id, { waiting_since: "2026-11-11T11:58:00Z", waiting: 1, life: { account: "lin" } }, deadline);

test("who can be saved comes first, then who has no clock, and lost ones last, oldest first", () => {
  const chats = [
    waits("lost-later", "2026-11-11T11:59:30Z"),
    waits("free", null),
    waits("soon", "2026-11-11T12:00:20Z"),
    waits("lost-first", "2026-11-11T11:50:00Z"),
    waits("later", "2026-11-11T12:02:00Z"),
  ];
  const [waiting] = parts(chats, "mine", "lin", NOW);
  expect(waiting?.chats.map((each) => each.id)).toEqual(["soon", "later", "free", "lost-first", "lost-later"]);
  expect(mostUrgent(chats, "mine", "lin", NOW)?.id).toBe("soon");
});

test("a deadline of exactly now is not lost", () => {
  const chats = [waits("later", "2026-11-11T12:01:00Z"), waits("now", "2026-11-11T12:00:00Z")];
  expect(mostUrgent(chats, "mine", "lin", NOW)?.id).toBe("now");
});

test("lists: mine, unassigned, the team's, and spam that only its own list shows once confirmed", () => {
  const mine = chat("a", { life: { account: "lin" } });
  const nobodys = chat("b", { life: {} });
  const spam = chat("c", { spam: "confirmed", life: { account: "lin" } });
  const reported = chat("d", { spam: "reported", life: { account: "lin" } });
  expect([mine, nobodys, spam, reported].filter((each) => shows("mine", each, "lin")).map((each) => each.id)).toEqual([
    "a",
    "d",
  ]);
  expect([mine, nobodys].filter((each) => shows("unassigned", each, "lin"))).toEqual([nobodys]);
  expect([mine, spam, reported].filter((each) => shows("spam", each, "lin"))).toEqual([spam, reported]);
  expect(shows("unassigned", chat("e", { life: { closed: true } }), "lin")).toBe(false);
});

test("what is snoozed and answered has its own group", () => {
  const chats = [
    chat("snoozed", { life: { account: "lin", snoozed_until: "2026-11-11T13:00:00Z" } }),
    chat("answered", { life: { account: "lin" }, at: "2026-11-11T11:00:00Z" }),
    chat("newer", { life: { account: "lin" }, at: "2026-11-11T11:30:00Z" }),
  ];
  const told = parts(chats, "mine", "lin", NOW).map((each) => each.chats.map((one) => one.id));
  expect(told).toEqual([[], ["newer", "answered"], ["snoozed"]]);
});
