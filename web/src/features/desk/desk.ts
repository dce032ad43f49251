/** What this page has open and chosen at the desk. */
import { create } from "zustand";
import type { Shown } from "../../conversation/words";
import { tell } from "../../live/line";
import { closeThread, openThread } from "../../live/store";
import type { Filter } from "./list/order";

export type Menu = "transfer" | "snooze" | "note";

interface DeskState {
  menu: Menu | null;
  palette: "search" | "keys" | null;
  filter: Filter;
  /** Opened chats, the one that has the keyboard first. */
  open: readonly string[];
  isBuyerShown: boolean;
  /** Up to which seq each chat was looked at here. */
  looked: ReadonlyMap<string, number>;
}

export const useDesk = create<DeskState>(() => ({
  filter: "mine",
  open: [],
  isBuyerShown: innerWidth > 1180,
  menu: null,
  palette: null,
  looked: new Map(),
}));

/** Open a chat, beside others where there is room for them. */
export function openChat(chat: string, room: number): void {
  const { open } = useDesk.getState();
  const next = [chat, ...open.filter((each) => each !== chat)].slice(0, Math.max(1, room));
  for (const each of open) if (!next.includes(each)) closeThread(each);
  useDesk.setState({ open: next });
  void openThread(chat).catch(() => {});
  tell({ reading: chat });
}

export function closeChat(chat: string): void {
  closeThread(chat);
  useDesk.setState(({ open }) => ({ open: open.filter((each) => each !== chat) }));
}

/** A chat was looked at as far as it goes now. */
export function look(chat: string, seq: number): void {
  const { looked } = useDesk.getState();
  if ((looked.get(chat) ?? 0) < seq) useDesk.setState({ looked: new Map(looked).set(chat, seq) });
}

export const useUnread = (chat: Shown): boolean =>
  useDesk((each) => (each.looked.get(chat.id) ?? 0) < (chat.card.said?.seq ?? 0) && chat.card.said?.actor === "buyer");
