/** Which alarms stand, and what of them rings. */
import { expect, test } from "vitest";
import { onRung, ringFor, standing } from "./alarms";
import type { AlarmTold } from "./state";

const alarm = (id: string, more: Partial<AlarmTold> = {}): AlarmTold => ({
  id,
  shop: "tea",
  kind: "all_offline",
  level: "lead",
  key: "alarm.all_offline",
  said: { zh: id },
  urgency: "normal",
  at: "2026-11-11T04:00:00Z",
  ...more,
});
const ids = (alarms: AlarmTold[]) => standing(alarms).map((each) => each.id);

test("what nobody sees to stands first, then what is urgent, then what is new", () => {
  const all = [
    alarm("taken", { taken_by: "lin", urgency: "high" }),
    alarm("old"),
    alarm("new", { at: "2026-11-11T05:00:00Z" }),
    alarm("urgent", { urgency: "high" }),
  ];
  expect(ids(all)).toEqual(["urgent", "new", "old", "taken"]);
});

test("what lead and owner are each told is one thing, by the name that a lead may take", () => {
  const said = { zh: "没人在线" };
  const later = "2026-11-11T05:00:00Z";
  expect(ids([alarm("to the owner", { said, level: "owner", at: later }), alarm("to the lead", { said })])).toEqual([
    "to the lead",
  ]);
  expect(ids([alarm("here", { said }), alarm("there", { said, shop: "coffee" })])).toEqual(["here", "there"]);
});

test("neither what quiet hours held back stands for all, nor what calls one agent", () => {
  expect(ids([alarm("summary", { kind: null }), alarm("own", { kind: "muted", level: "agent" })])).toEqual([]);
});

test("only what is rung rings, with a sound where the house says so", () => {
  const heard: [string[], boolean][] = [];
  const stop = onRung((rung, sound) => heard.push([rung.map((each) => each.id), sound]));
  ringFor([
    { alarms: { all: [alarm("stands")] } },
    { alarms: { rung: [alarm("loud")], sound: true } },
    { alarms: { rung: [alarm("soft")], changed: [alarm("other")] } },
  ]);
  stop();
  ringFor([{ alarms: { rung: [alarm("late")] } }]);
  expect(heard).toEqual([
    [["loud"], true],
    [["soft"], false],
  ]);
});
