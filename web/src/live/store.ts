/** What the page knows, for its components. */
import { create } from "zustand";
import type { Frame, Spoken } from "../conversation/words";
import { houseNow, setHouseTime } from "../lib/clock";
import { given, house } from "../lib/house";
import { ringFor } from "./alarms";
import { after, merged, nothing, type Told } from "./state";

export type LineState = "connecting" | "open" | "broken";

interface Live extends Told {
  line: LineState;
}

export const useLive = create<Live>(() => ({ ...nothing, line: "connecting" }));

const PAGE = 60;

export function hearAll(frames: readonly Frame[]): void {
  const ready = frames.find((each) => each.ready)?.ready;
  if (ready) setHouseTime(ready.now);
  useLive.setState((told) => after(told, frames, houseNow()));
  ringFor(frames);
  if (ready) for (const chat of useLive.getState().threads.keys()) void catchUp(chat);
}

export const setLine = (line: LineState): void => useLive.setState({ line });
export const forget = (): void => useLive.setState({ ...nothing, line: "connecting" });

/** Load what was last said in a chat; from then on it is kept up to date. */
export async function openThread(chat: string): Promise<void> {
  if (useLive.getState().threads.has(chat)) return;
  const found = await newest(chat);
  keepThread(chat, found, found.length < PAGE);
}

/** Forget a thread that nobody looks at any more: a day has thousands. */
export function closeThread(chat: string): void {
  useLive.setState(({ threads }) => {
    const next = new Map(threads);
    next.delete(chat);
    return { threads: next };
  });
}

/** Load what was said before. */
export async function loadOlder(chat: string): Promise<void> {
  const thread = useLive.getState().threads.get(chat);
  const first = thread?.messages[0]?.seq;
  if (!thread || thread.begun || first === undefined) return;
  const params = { path: { chat_id: chat }, query: { before: first, limit: PAGE } };
  const older = await given(house.GET("/v1/chats/{chat_id}/messages", { params }));
  keepThread(chat, older as Spoken[], older.length < PAGE);
}

async function newest(chat: string): Promise<Spoken[]> {
  const params = { path: { chat_id: chat }, query: { limit: PAGE } };
  return (await given(house.GET("/v1/chats/{chat_id}/messages", { params }))) as Spoken[];
}

/** After a broken line: what an opened chat missed meanwhile. */
async function catchUp(chat: string): Promise<void> {
  const found = await newest(chat).catch(() => []);
  if (useLive.getState().threads.has(chat)) keepThread(chat, found, found.length < PAGE);
}

function keepThread(chat: string, found: readonly Spoken[], begun: boolean): void {
  useLive.setState(({ threads }) => {
    const known = threads.get(chat);
    const messages = merged(known?.messages ?? [], found);
    return { threads: new Map(threads).set(chat, { messages, begun: begun || (known?.begun ?? false) }) };
  });
}
