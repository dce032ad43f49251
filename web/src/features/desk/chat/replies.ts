/** Quick replies: found by a few letters of pinyin or by what they say, and filled in. */
import type { Schemas } from "../../../lib/house";

export type Reply = Schemas["ReplyShown"];

/** What stands after the slash that opens the tray; null where it is closed. */
export const sought = (text: string): string | null => /^\/([^\n]{0,20})$/.exec(text)?.[1] ?? null;

/** The replies for some letters, best first: initials from the start, then titles, then texts. */
export function found(replies: readonly Reply[], letters: string): Reply[] {
  const wanted = letters.trim().toLowerCase();
  if (wanted === "") return [...replies];
  const ranked = replies.map((each) => [rank(each, wanted), each] as const).filter(([rank]) => rank < 9);
  return ranked.sort(([one], [other]) => one - other).map(([, each]) => each);
}

function rank({ reply, initials }: Reply, wanted: string): number {
  const letters = initials.toLowerCase();
  if (letters.startsWith(wanted)) return 0;
  if (reply.title.toLowerCase().startsWith(wanted)) return 1;
  if (letters.includes(wanted)) return 2;
  if (reply.title.toLowerCase().includes(wanted)) return 3;
  return reply.text.toLowerCase().includes(wanted) ? 4 : 9;
}

/** A text with its variables said; one without a value stays as it is written, to be seen. */
export const filled = (text: string, values: Readonly<Record<string, string | undefined>>): string =>
  text.replace(/\{\s*([a-z_]+)\s*\}/g, (written, name: string) => values[name] || written);
