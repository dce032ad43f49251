/** What one does with chats: each is done by the house, or says why not, beside the chat. */
import { create } from "zustand";
import { houseNow } from "../../lib/clock";
import { given, house, Refusal, type Schemas } from "../../lib/house";
import { useLive } from "../../live/store";
import { say, takeBack, UNDO_MS, useUnsent } from "../../live/unsent";

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** What stands in the way, by chat; gone with the next deed there. */
export const useProblems = create<Record<string, string>>(() => ({}));

/** Do something in a chat; false where the house refused, which is shown beside it. */
async function act<T>(chat: string, asked: Answer<T>): Promise<boolean> {
  return (await done(chat, asked)) !== null;
}

/** What the house gave for a deed; null where it refused. */
async function done<T>(chat: string, asked: Answer<T>): Promise<{ told: T } | null> {
  try {
    const told = await given(asked);
    clear(chat);
    return { told };
  } catch (error) {
    useProblems.setState({ [chat]: (error instanceof Refusal && error.message) || "offline" });
    return null;
  }
}

export const clear = (chat: string): void => useProblems.setState({ [chat]: "" });

const at = (chat: string) => ({ path: { chat_id: chat } });

export const take = (chat: string, account: string) =>
  act(chat, house.PUT("/v1/chats/{chat_id}/assignment", { params: at(chat), body: { account } }));
export const handOn = (chat: string, body: Schemas["HandingOn"]) =>
  act(chat, house.PUT("/v1/chats/{chat_id}/assignment", { params: at(chat), body }));
export const close = (chat: string) => act(chat, house.PUT("/v1/chats/{chat_id}/closure", { params: at(chat) }));
export const reopen = (chat: string) => act(chat, house.DELETE("/v1/chats/{chat_id}/closure", { params: at(chat) }));
export const wake = (chat: string) => act(chat, house.DELETE("/v1/chats/{chat_id}/snooze", { params: at(chat) }));
export const snooze = (chat: string, minutes: number) => {
  const until = new Date(houseNow() + minutes * 60_000).toISOString();
  return act(chat, house.PUT("/v1/chats/{chat_id}/snooze", { params: at(chat), body: { until } }));
};
export const reportSpam = (chat: string) =>
  act(chat, house.PUT("/v1/chats/{chat_id}/spam-report", { params: at(chat) }));
export const note = (chat: string, text: string, mentions: string[]) =>
  act(chat, house.POST("/v1/chats/{chat_id}/notes", { params: at(chat), body: { text, mentions } }));
export const tag = (chat: string, name: string, isThere: boolean) => {
  const params = { path: { chat_id: chat, tag: name } };
  const asked = isThere
    ? house.PUT("/v1/chats/{chat_id}/tags/{tag}", { params })
    : house.DELETE("/v1/chats/{chat_id}/tags/{tag}", { params });
  return act(chat, asked);
};
export const recall = (chat: string, seq: number) =>
  act(
    chat,
    house.DELETE("/v1/chats/{chat_id}/messages/{message_seq}", {
      params: { path: { chat_id: chat, message_seq: seq } },
    }),
  );
export const promise = (chat: string, body: Schemas["Promise"]) =>
  act(chat, house.POST("/v1/chats/{chat_id}/tasks", { params: at(chat), body }));
export const finish = (chat: string, task: string) =>
  act(
    chat,
    house.PUT("/v1/chats/{chat_id}/tasks/{task_id}/closure", { params: { path: { chat_id: chat, task_id: task } } }),
  );

const NO_UNDO_UNDER_MS = 10_000;

/** Send a message: it can be taken back for two seconds, but not where those could cost the line. */
export function send(chat: string, saying: Schemas["Saying"]): void {
  const deadline = useLive.getState().chats.get(chat)?.deadline;
  const left = deadline == null ? Number.POSITIVE_INFINITY : Date.parse(deadline) - houseNow();
  say(chat, saying, left >= 0 && left < NO_UNDO_UNDER_MS ? 0 : UNDO_MS);
  clear(chat);
}

/** Take back the last message of a chat that is still held; its text, to be written anew. */
export function undo(chat: string): string | null {
  const last = useUnsent.getState().unsent.findLast((each) => each.chat === chat);
  return last ? (takeBack(last.key)?.saying.text ?? null) : null;
}

/** Hand a picture in and send it. */
export async function sendPicture(chat: string, file: Blob): Promise<void> {
  const kept = await done(
    chat,
    house.POST("/v1/chats/{chat_id}/media", {
      params: at(chat),
      headers: { "content-type": file.type },
      body: "", // as the document has it; what goes is the file itself
      bodySerializer: () => file,
    }),
  );
  if (kept) send(chat, { kind: "image", media: kept.told.id });
}
