/** A chat that is read: the messages around a place of it, and those before and after. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Spoken } from "../../conversation/words";
import { given, house } from "../../lib/house";

type From = { around: number } | { before: number } | { after: number } | null;

interface Part {
  messages: Spoken[];
  begins: boolean;
  ends: boolean;
}

const PAGE = 50;
const BEFORE_A_HIT = 20;

/** `seq`: the place; without one, the end. */
export function useThread(chat: string, seq: number | undefined) {
  return useInfiniteQuery({
    queryKey: ["thread", chat, seq ?? null],
    queryFn: ({ pageParam }) => part(chat, pageParam),
    initialPageParam: (seq ? { around: seq } : null) as From,
    getPreviousPageParam: (first: Part): From | undefined =>
      first.begins || !first.messages[0] ? undefined : { before: first.messages[0].seq },
    getNextPageParam: (last: Part): From | undefined => {
      const end = last.messages.at(-1);
      return last.ends || !end ? undefined : { after: end.seq };
    },
    staleTime: 30_000,
  });
}

async function part(chat: string, from: From): Promise<Part> {
  if (from === null) {
    const messages = await ask(chat, {}, PAGE);
    return { messages, begins: messages.length < PAGE, ends: true };
  }
  if ("before" in from) {
    const messages = await ask(chat, from, PAGE);
    return { messages, begins: messages.length < PAGE, ends: false };
  }
  if ("after" in from) {
    const messages = await ask(chat, from, PAGE);
    return { messages, begins: false, ends: messages.length < PAGE };
  }
  const [before, after] = await Promise.all([
    ask(chat, { before: from.around + 1 }, BEFORE_A_HIT),
    ask(chat, { after: from.around }, PAGE),
  ]);
  return { messages: [...before, ...after], begins: before.length < BEFORE_A_HIT, ends: after.length < PAGE };
}

async function ask(chat: string, place: { before?: number; after?: number }, limit: number): Promise<Spoken[]> {
  const params = { path: { chat_id: chat }, query: { ...place, limit } };
  return (await given(house.GET("/v1/chats/{chat_id}/messages", { params }))) as Spoken[];
}
