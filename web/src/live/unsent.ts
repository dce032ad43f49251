/** Messages on their way from this page to the house: held for a moment to be taken back, kept over a
 * broken line and a reload, sent again under the same key, never doubled. */
import { create } from "zustand";
import { newKey, type Problem, type Schemas } from "../lib/house";

export interface Unsent {
  key: string;
  chat: string;
  saying: Schemas["Saying"];
  at: number;
  /** Not before this instant: until then it can be taken back. */
  from: number;
  problems?: Problem[];
}

interface Outgoing {
  unsent: readonly Unsent[];
}

export const UNDO_MS = 2_000;
const KEPT = "miaohui.unsent";

export const useUnsent = create<Outgoing>(() => ({ unsent: [] }));

let owner = "";
let flush = (): void => {};

/** Whose messages these are; what the last page left behind is taken up again. */
export function takeUp(account: string, whenDue: () => void): void {
  owner = account;
  flush = whenDue;
  useUnsent.setState({ unsent: kept() });
}

function kept(): Unsent[] {
  try {
    return JSON.parse(localStorage.getItem(`${KEPT}.${owner}`) ?? "[]") as Unsent[];
  } catch {
    return [];
  }
}

function change(made: (unsent: readonly Unsent[]) => readonly Unsent[]): void {
  useUnsent.setState(({ unsent }) => ({ unsent: made(unsent) }));
  localStorage.setItem(`${KEPT}.${owner}`, JSON.stringify(useUnsent.getState().unsent));
}

/** Say something; `undo`: milliseconds for which it can still be taken back. */
export function say(chat: string, saying: Schemas["Saying"], undo: number): Unsent {
  const now = Date.now();
  const unsent: Unsent = { key: newKey(), chat, saying, at: now, from: now + undo };
  change((all) => [...all, unsent]);
  if (undo > 0) setTimeout(() => flush(), undo + 5);
  else flush();
  return unsent;
}

/** Take back what was not sent yet; false where it is too late. */
export function takeBack(key: string): Unsent | null {
  const found = useUnsent.getState().unsent.find((each) => each.key === key);
  if (!found || (found.from <= Date.now() && !found.problems)) return null;
  done(key);
  return found;
}

export const done = (key: string): void => change((all) => all.filter((each) => each.key !== key));

export const refused = (key: string, problems: Problem[]): void =>
  change((all) => all.map((each) => (each.key === key ? { ...each, problems } : each)));

/** Try a refused one again. */
export function again(key: string): void {
  change((all) => all.map(({ problems, ...each }) => (each.key === key ? each : { problems, ...each })));
  flush();
}

/** What is to be sent now, oldest first; none of a chat before what was said there earlier. */
export function due(now: number): Unsent[] {
  const held = new Set<string>();
  return useUnsent.getState().unsent.filter((each) => {
    const goes = !held.has(each.chat) && each.from <= now && !each.problems;
    if (!goes && !each.problems) held.add(each.chat);
    return goes;
  });
}
