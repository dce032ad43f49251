/** Alarms: which stand, what rings now, and taking one. */
import type { Frame } from "../conversation/words";
import { given, house } from "../lib/house";
import type { Me } from "../lib/session";
import type { AlarmTold } from "./state";

type Listener = (rung: readonly AlarmTold[], sound: boolean) => void;

const listeners = new Set<Listener>();

/** Hear of what is told to this page's reader now; gives how to stop. */
export function onRung(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tell of the alarms that frames ring. */
export function ringFor(frames: readonly Frame[]): void {
  for (const { alarms } of frames)
    if (alarms?.rung?.length) for (const listener of listeners) listener(alarms.rung, alarms.sound ?? false);
}

/** What leads and owners see to, each thing once though both are told: untaken before taken, then the
 * urgent, then the newest. What calls one agent, their own list and bell show, and nobody else may take
 * it; what quiet hours held back is told once and does not stand. */
export function standing(alarms: Iterable<AlarmTold>): AlarmTold[] {
  const things = new Map<string, AlarmTold>();
  for (const each of [...alarms].filter(isForAll).sort(byLevel))
    if (!things.has(thingOf(each))) things.set(thingOf(each), each);
  return [...things.values()].sort(byUrgency);
}

const isForAll = ({ kind, level }: AlarmTold): boolean => kind !== null && level !== "agent";

const thingOf = ({ shop, kind, said }: AlarmTold): string => `${shop} ${kind} ${said.zh}`;

// Owners may take what leads were told, leads not what owners were.
const LEVELS = ["lead", "owner"];
const byLevel = (one: AlarmTold, other: AlarmTold): number => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level);

const URGENCIES = ["high", "normal", "low"];
const byUrgency = (one: AlarmTold, other: AlarmTold): number =>
  Number(one.taken_by != null) - Number(other.taken_by != null) ||
  URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency) ||
  other.at.localeCompare(one.at);

/** Owners may take everything, leads what leads were told (domain/desk/alarms/recipients.py). */
export const mayTake = ({ account, rights }: Me, { level }: AlarmTold): boolean =>
  account.role.id === "owner" || (level === "lead" && rights.includes("chats.assign"));

/** See to an alarm, as much of it as is shown, at every level of `all` that was told the same. */
export async function take(alarm: AlarmTold, all: Iterable<AlarmTold>, me: Me): Promise<void> {
  const same = [...all].filter((each) => isForAll(each) && mayTake(me, each) && thingOf(each) === thingOf(alarm));
  await Promise.all(same.map(takeOne));
}

const takeOne = ({ id, at }: AlarmTold) =>
  given(house.PUT("/v1/alarms/{alarm_id}/taker", { params: { path: { alarm_id: id } }, body: { until: at } }));
