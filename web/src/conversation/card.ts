/** The card of a chat after the next event: domain/conversation/card.py, in the browser. */
import { lived } from "./life";
import { type Card, familyOf, isMark, isTalk, type Spoken } from "./words";

const JUDGED: Record<string, string> = { "spam.confirmed": "confirmed", "spam.rejected": "rejected" };

/** Only for events in order of time and log; what comes behind others, the house tells anew. */
export function nextCard(card: Card, event: Spoken): Card {
  const next: Card = {
    ...card,
    seq: event.seq,
    opened_at: card.opened_at ?? event.at,
    at: event.at,
    life: lived(card.life ?? {}, event),
    said: isTalk(event.kind) ? saidBy(event) : card.said,
  };
  if (event.answers) return { ...next, waiting_since: null, waiting: 0, human_wanted: false };
  if (event.actor === "buyer" && familyOf(event.kind) === "message")
    return { ...next, waiting_since: card.waiting_since ?? event.at, waiting: (card.waiting ?? 0) + 1 };
  return marked(next, event);
}

const saidBy = (event: Spoken): Card["said"] => ({
  seq: event.seq,
  at: event.at,
  actor: event.actor as NonNullable<Card["said"]>["actor"],
  origin: event.origin as NonNullable<Card["said"]>["origin"],
  kind: event.kind,
  account: event.account ?? null,
});

function marked(card: Card, event: Spoken): Card {
  const { mark, rating } = event.payload;
  switch (event.kind) {
    case "human_requested":
      return { ...card, human_wanted: true };
    case "spam.reported":
      return { ...card, spam: "reported" };
    case "spam.confirmed":
    case "spam.rejected":
      return card.spam == null ? card : { ...card, spam: JUDGED[event.kind] };
    case "buyer.marked":
    case "buyer.unmarked":
      return isMark(mark) ? withMark(card, mark, event.kind === "buyer.marked") : card;
    case "rating.given":
      return { ...card, rating: rating ?? null };
    default:
      return card;
  }
}

function withMark(card: Card, mark: string, isSet: boolean): Card {
  const others = (card.marks ?? []).filter((each) => each !== mark);
  return { ...card, marks: isSet ? [...others, mark] : others };
}
