/** The keyboard of the desk. The composer keeps the focus, so commands take Alt; keys are matched by
 * where they are, and during input-method composition none is ours. */
import { useEffect } from "react";
import { houseNow } from "../../lib/clock";
import { given, house } from "../../lib/house";
import { useMe } from "../../lib/session";
import { useLive } from "../../live/store";
import { close } from "./deeds";
import { type Menu, useDesk } from "./desk";
import { mostUrgent, parts } from "./list/order";

const MENUS: Record<string, Menu> = { KeyT: "transfer", KeyS: "snooze", KeyN: "note" };

export function useKeys(open: (chat: string) => void): void {
  const me = useMe().account.id;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229) return;
      const deed = event.altKey && !event.ctrlKey && !event.metaKey ? altKey(event.code, me, open) : plainKey(event);
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, [me, open]);
}

type Deed = () => void;

function altKey(code: string, me: string, open: (chat: string) => void): Deed | null {
  const menu = MENUS[code];
  if (menu) return () => useDesk.setState((desk) => ({ menu: desk.menu === menu ? null : menu }));
  const { open: opened, filter } = useDesk.getState();
  const { chats } = useLive.getState();
  switch (code) {
    case "KeyJ":
      return () => openIf(mostUrgent(chats.values(), filter, me, houseNow())?.id, open);
    case "ArrowUp":
    case "ArrowDown":
      return () => openIf(neighbour(code === "ArrowUp" ? -1 : 1, me), open);
    case "KeyW":
      return () => opened[0] && void close(opened[0]);
    case "KeyP":
      return () => void changePresence(me);
    default:
      return null;
  }
}

function plainKey(event: KeyboardEvent): Deed | null {
  const isWriting =
    event.target instanceof HTMLElement && event.target.closest("textarea, input, [contenteditable]") !== null;
  if (event.code === "KeyK" && (event.ctrlKey || event.metaKey)) return () => useDesk.setState({ palette: "search" });
  if (event.key === "?" && (!isWriting || (event.target as HTMLTextAreaElement).value === ""))
    return () => useDesk.setState({ palette: "keys" });
  if (event.key === "F8") return () => useDesk.setState(({ isBuyerShown }) => ({ isBuyerShown: !isBuyerShown }));
  if (event.key === "Escape" && useDesk.getState().menu) return backToWriting;
  if (event.key === "F6") return () => nextPane(event.shiftKey ? -1 : 1);
  return null;
}

function backToWriting(): void {
  useDesk.setState({ menu: null });
  document.querySelector<HTMLElement>(".chat.first .composer textarea")?.focus();
}

const openIf = (chat: string | undefined, open: (chat: string) => void): void => {
  if (chat) open(chat);
};

function neighbour(by: number, me: string): string | undefined {
  const { open, filter } = useDesk.getState();
  const ids = parts(useLive.getState().chats.values(), filter, me, houseNow()).flatMap((each) =>
    each.chats.map((chat) => chat.id),
  );
  const at = open[0] ? ids.indexOf(open[0]) : -1;
  return ids[Math.max(0, Math.min(ids.length - 1, at + by))];
}

async function changePresence(me: string): Promise<void> {
  const mine = useLive.getState().people.get(me)?.presence;
  await given(house.PUT("/v1/me/presence", { body: { presence: mine === "online" ? "busy" : "online" } }));
}

const PANES = [".list-rows", ".composer textarea", ".buyer-panel"];

function nextPane(by: number): void {
  const panes = PANES.flatMap((each) => document.querySelector<HTMLElement>(each) ?? []);
  const at = panes.findIndex((each) => each.contains(document.activeElement));
  const pane = panes[(at + by + panes.length) % panes.length];
  if (pane && pane.tabIndex < 0) pane.tabIndex = -1;
  pane?.focus();
}
