/** What a page knows of the desk, and what each frame makes of it. Pure: no network, no clock. */

import { nextCard } from "../conversation/card";
import type { Frame, Shown, Spoken } from "../conversation/words";
import type { components } from "../generated/frames";

type Schemas = components["schemas"];
type Somebody = Schemas["Somebody"];
type Sent = Schemas["Sent"];
export type ShopNow = Schemas["ShopNow"];
export type MyDay = Schemas["MyDay"];
export type AlarmTold = Schemas["AlarmTold"];

/** Messages of an opened chat in order of seq; `begun`: there are none before the first. */
interface Thread {
  messages: readonly Spoken[];
  begun: boolean;
}

export interface Told {
  chats: ReadonlyMap<string, Shown>;
  threads: ReadonlyMap<string, Thread>;
  people: ReadonlyMap<string, Somebody>;
  /** When somebody last typed in a chat, by chat and account ("" is the buyer). */
  typing: ReadonlyMap<string, ReadonlyMap<string, number>>;
  reading: ReadonlyMap<string, readonly string[]>;
  sent: ReadonlyMap<string, Sent>;
  seen: ReadonlyMap<string, number>;
  figures: ReadonlyMap<string, ShopNow>;
  mine: ReadonlyMap<string, MyDay>;
  /** Those that stand, and what was told once, by id. */
  alarms: ReadonlyMap<string, AlarmTold>;
  seqs: Readonly<Record<string, number>>;
  isReady: boolean;
}

export const nothing: Told = {
  chats: new Map(),
  threads: new Map(),
  people: new Map(),
  typing: new Map(),
  reading: new Map(),
  sent: new Map(),
  seen: new Map(),
  figures: new Map(),
  mine: new Map(),
  alarms: new Map(),
  seqs: {},
  isReady: false,
};

/** What is known after some frames; maps are copied once for all of them. */
export function after(told: Told, frames: readonly Frame[], now: number): Told {
  const next = new Changing(told);
  for (const frame of frames) hear(next, frame, now);
  return next.done();
}

/** A copy of what is known in which maps are copied only when they change. */
class Changing {
  private readonly copied = new Set<string>();
  constructor(private told: Told) {}

  get known(): Told {
    return this.told;
  }

  set<Name extends keyof Told>(name: Name, value: Told[Name]): void {
    this.told = { ...this.told, [name]: value };
  }

  map<
    Name extends
      | "chats"
      | "threads"
      | "people"
      | "typing"
      | "reading"
      | "sent"
      | "seen"
      | "figures"
      | "mine"
      | "alarms",
  >(name: Name): Told[Name] extends ReadonlyMap<infer Key, infer Value> ? Map<Key, Value> : never {
    if (!this.copied.has(name)) {
      this.copied.add(name);
      this.told = { ...this.told, [name]: new Map(this.told[name] as ReadonlyMap<string, unknown>) };
    }
    return this.told[name] as never;
  }

  done(): Told {
    return this.told;
  }
}

function hear(next: Changing, frame: Frame, now: number): void {
  if (frame.resync) {
    next.set("chats", new Map());
    next.set("isReady", false);
  }
  for (const chat of frame.chats ?? []) keep(next, chat);
  if (frame.event) happen(next, frame.event);
  if (frame.gone) next.map("chats").delete(frame.gone);
  for (const chat of frame.erased ?? []) forget(next, chat);
  if (frame.people?.length) for (const each of frame.people) next.map("people").set(each.account, each);
  if (frame.typing) types(next, frame.typing.chat, frame.typing.account ?? "", now);
  if (frame.reading) next.map("reading").set(frame.reading.chat, frame.reading.accounts);
  if (frame.sent) next.map("sent").set(sentKey(frame.sent.chat, frame.sent.seq), frame.sent);
  if (frame.seen) next.map("seen").set(frame.seen.chat, frame.seen.buyer);
  if (frame.figures) figures(next, frame.figures as ShopNow | MyDay);
  if (frame.alarms) alarms(next, frame.alarms);
  if (frame.ready) ready(next, frame.ready);
}

export const sentKey = (chat: string, seq: number): string => `${chat} ${seq}`;

function keep(next: Changing, chat: Shown): void {
  next.map("chats").set(chat.id, chat);
  noteSeq(next, chat.shop, chat.card.seq ?? 0);
}

/** Only the next event of a chat is applied to its card: what came before, the card has in it. */
function happen(next: Changing, event: Spoken): void {
  const chat = next.known.chats.get(event.chat);
  if (chat && event.seq > (chat.card.seq ?? 0)) {
    const card = nextCard(chat.card, event);
    const isNew = card.said?.seq === event.seq;
    const preview = isNew ? (event.payload.text ?? null) : (chat.preview ?? null);
    next.map("chats").set(chat.id, { ...chat, card, deadline: event.deadline ?? null, preview });
    noteSeq(next, chat.shop, event.seq);
  }
  const thread = next.known.threads.get(event.chat);
  if (thread) next.map("threads").set(event.chat, { ...thread, messages: merged(thread.messages, [event]) });
  if (event.actor === "buyer") next.known.typing.get(event.chat)?.has("") && types(next, event.chat, "", 0);
}

/** The buyer of a chat is erased: nothing of it stays on the page. */
function forget(next: Changing, chat: string): void {
  for (const name of ["chats", "threads", "typing", "reading", "seen"] as const) {
    if (next.known[name].has(chat)) next.map(name).delete(chat);
  }
  for (const key of next.known.sent.keys()) if (key.startsWith(`${chat} `)) next.map("sent").delete(key);
}

function noteSeq(next: Changing, shop: string, seq: number): void {
  if (seq > (next.known.seqs[shop] ?? 0)) next.set("seqs", { ...next.known.seqs, [shop]: seq });
}

function types(next: Changing, chat: string, account: string, now: number): void {
  const typing = next.map("typing");
  typing.set(chat, new Map(typing.get(chat)).set(account, now));
}

function figures(next: Changing, told: ShopNow | MyDay): void {
  if ("mine" in told) next.map("mine").set(told.shop, told);
  else next.map("figures").set(told.shop, told);
}

function alarms(next: Changing, news: NonNullable<Frame["alarms"]>): void {
  if (news.all) next.set("alarms", new Map(news.all.map((each) => [each.id, each])));
  const standing = next.map("alarms");
  for (const each of [...(news.rung ?? []), ...(news.changed ?? [])]) standing.set(each.id, each);
  for (const id of news.cleared ?? []) standing.delete(id);
}

function ready(next: Changing, told: NonNullable<Frame["ready"]>): void {
  const inView = new Set(told.chats);
  const chats = next.map("chats");
  for (const id of [...chats.keys()]) if (!inView.has(id)) chats.delete(id);
  next.set("seqs", { ...told.seqs });
  next.set("isReady", true);
}

/** Messages of a thread with some more, in order of seq, each once. */
export function merged(known: readonly Spoken[], more: readonly Spoken[]): readonly Spoken[] {
  const last = known.at(-1)?.seq ?? 0;
  if (more.length === 1 && more[0] && more[0].seq > last) return [...known, more[0]];
  const bySeq = new Map([...known, ...more].map((each) => [each.seq, each]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}
