/** Which of a chat's events are messages, which are a line between them, and which are silent. */
import { isTalk, type Spoken } from "./words";

export type Look = "buyer" | "mine" | "colleague" | "bot" | "auto" | "note" | "between" | "silent";

const BETWEEN = new Set([
  "assigned",
  "transferred",
  "unassigned",
  "closed",
  "reopened",
  "snoozed",
  "tagged",
  "human_requested",
  "spam.reported",
  "spam.confirmed",
  "spam.rejected",
  "task.opened",
  "task.closed",
  "complaint.opened",
  "complaint.closed",
  "refund.requested",
  "refund.succeeded",
  "platform.intervened",
  "order.placed",
  "order.paid",
  "order.shipped",
  "order.signed",
  "rating.given",
  "help.sought",
]);

export function lookOf(event: Spoken, me: string): Look {
  if (event.kind === "note") return "note";
  if (!isTalk(event.kind)) return BETWEEN.has(event.kind) ? "between" : "silent";
  if (event.actor === "buyer") return "buyer";
  if (event.origin === "bot" || event.actor === "bot") return "bot";
  if (event.origin !== "human" && event.origin !== "assisted") return "auto";
  return event.account === me ? "mine" : "colleague";
}

/** Fragments of one thought: the same side again within a minute. Only the last shows its time. */
export function goesOn(event: Spoken, next: Spoken | undefined): boolean {
  return (
    next !== undefined &&
    next.actor === event.actor &&
    next.account === event.account &&
    next.origin === event.origin &&
    Date.parse(next.at) - Date.parse(event.at) < 60_000
  );
}

/** The seqs of the buyer's messages that nobody has answered. */
export function unanswered(messages: readonly Spoken[]): number[] {
  const found: number[] = [];
  for (const each of messages) {
    if (each.answers) found.length = 0;
    else if (each.actor === "buyer" && isTalk(each.kind)) found.push(each.seq);
  }
  return found;
}
