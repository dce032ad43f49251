/** What is being written, by chat: kept here at once and at the house soon, on every device. */
import { create } from "zustand";
import { given, house } from "../../../lib/house";

export const useDrafts = create<Record<string, string>>(() => ({}));

const SOON_MS = 800;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export function write(chat: string, text: string): void {
  useDrafts.setState({ [chat]: text });
  clearTimeout(timers.get(chat));
  timers.set(
    chat,
    setTimeout(() => keep(chat), SOON_MS),
  );
}

function keep(chat: string): void {
  timers.delete(chat);
  const text = useDrafts.getState()[chat] ?? "";
  void house.PUT("/v1/chats/{chat_id}/draft", { params: { path: { chat_id: chat } }, body: { text } }).catch(() => {});
}

/** What other devices have left; what is being written here goes before it. */
export async function loadDrafts(): Promise<void> {
  const kept = await given(house.GET("/v1/me/drafts")).catch(() => []);
  useDrafts.setState((here) => ({ ...Object.fromEntries(kept.map((each) => [each.chat, each.text])), ...here }));
}
