/** Which chats a list shows, and in which order: who can still be saved comes first. */
import type { Shown } from "../../../conversation/words";

export type Filter = "mine" | "team" | "unassigned" | "spam";
export type Group = "waiting" | "answered" | "snoozed";

export interface Part {
  group: Group;
  chats: Shown[];
}

/** Whether a chat belongs into a list. Confirmed spam has its own. */
export function shows(filter: Filter, chat: Shown, me: string): boolean {
  const life = chat.card.life ?? {};
  if (filter === "spam") return chat.card.spam != null;
  if (chat.card.spam === "confirmed") return false;
  if (filter === "team") return true;
  if (filter === "unassigned") return life.account == null && !life.closed;
  return life.account === me;
}

function groupOf(chat: Shown): Group {
  if (chat.card.life?.snoozed_until != null) return "snoozed";
  return chat.card.waiting_since == null ? "answered" : "waiting";
}

/** The chats of a list in their groups. A snoozed one that waits stays where its clock is seen. */
export function parts(chats: Iterable<Shown>, filter: Filter, me: string, now: number): Part[] {
  const found: Record<Group, Shown[]> = { waiting: [], answered: [], snoozed: [] };
  for (const chat of chats) if (shows(filter, chat, me)) found[groupOf(chat)].push(chat);
  found.waiting.sort((one, other) => byDanger(one, other, now));
  found.answered.sort(byNewest);
  found.snoozed.sort((one, other) => compare(one.card.life?.snoozed_until ?? "", other.card.life?.snoozed_until ?? ""));
  return (["waiting", "answered", "snoozed"] as Group[]).map((group) => ({ group, chats: found[group] }));
}

/** By the deadline's instant; those with none after them; lost ones last, oldest first. */
function byDanger(one: Shown, other: Shown, now: number): number {
  return (
    band(one, now) - band(other, now) ||
    compare(one.deadline ?? one.card.waiting_since ?? "", other.deadline ?? other.card.waiting_since ?? "") ||
    compare(one.id, other.id)
  );
}

function band(chat: Shown, now: number): number {
  if (chat.deadline == null) return 1;
  return Date.parse(chat.deadline) < now ? 2 : 0;
}

const byNewest = (one: Shown, other: Shown): number =>
  compare(other.card.at ?? "", one.card.at ?? "") || compare(one.id, other.id);
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The most urgent chat of a list that can still be saved, or else the oldest lost one. */
export const mostUrgent = (chats: Iterable<Shown>, filter: Filter, me: string, now: number): Shown | undefined =>
  parts(chats, filter, me, now)[0]?.chats[0];
