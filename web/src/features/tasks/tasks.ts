/** The second queue: what is to be seen to, and what is done with it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Shown } from "../../conversation/words";
import { given, house, type Schemas } from "../../lib/house";
import { useLive } from "../../live/store";
import type { Part } from "./parts";

export type OpenTask = Schemas["OpenTask"];

/** Does something, and shows beside it what the house says against it. */
export type Do = (asked: () => Promise<unknown>) => Promise<void>;

const SALES = new Set(["refund", "exchange", "logistics"]);

export function belongs(part: Part, { task }: OpenTask, me: string): boolean {
  switch (part) {
    case "mine":
      return task.account === me;
    case "nobodys":
      return task.account == null;
    case "complaints":
      return task.what === "complaint";
    case "sales":
      return SALES.has(task.what);
    case "promises":
      return task.what !== "complaint" && !SALES.has(task.what);
    default:
      return true;
  }
}

/** What ends first: the platform's clock, or what was promised. */
export function endOf({ task, clock }: OpenTask): { at: string; since: string; isPlatforms: boolean } | null {
  const [due, deadline] = [task.due ?? null, clock?.deadline ?? null];
  if (deadline !== null && clock && (due === null || deadline <= due))
    return { at: deadline, since: clock.start, isPlatforms: true };
  return due === null ? null : { at: due, since: task.opened_at, isPlatforms: false };
}

const KEY = ["tasks"];
const MINUTE = 60_000;

/** The open ones; asked for again as soon as a chat in view tells of a change. */
export function useTasks() {
  const queries = useQueryClient();
  const chats = useLive((each) => each.chats);
  const told = useMemo(() => signatureOf(chats.values()), [chats]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `told` is what changed
  useEffect(() => {
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: KEY }), 200);
    return () => clearTimeout(timer);
  }, [told, queries]);
  return useQuery({ queryKey: KEY, queryFn: () => given(house.GET("/v1/tasks")), refetchInterval: MINUTE });
}

/** All that the chats in view tell of tasks, so that any change of it is seen. */
export function signatureOf(chats: Iterable<Shown>): string {
  const found: string[] = [];
  for (const { id, card } of chats)
    for (const { id: task, account, due, risk, closed_at } of card.life?.tasks ?? [])
      found.push(`${id} ${task} ${account ?? ""} ${due ?? ""} ${risk ?? false} ${closed_at ?? ""}`);
  return found.sort().join("\n");
}

const at = ({ chat, task }: OpenTask) => ({ params: { path: { chat_id: chat, task_id: task.id } } });

export const close = (task: OpenTask) => given(house.PUT("/v1/chats/{chat_id}/tasks/{task_id}/closure", at(task)));
export const change = (task: OpenTask, body: Schemas["TaskChange"]) =>
  given(house.PATCH("/v1/chats/{chat_id}/tasks/{task_id}", { ...at(task), body }));
