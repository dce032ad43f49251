/** What each event does to the life of a chat: domain/conversation/life.py, in the browser. */
import { isTalk, type Life, type Spoken, type Task } from "./words";

const NAMED: Record<string, string> = { "complaint.opened": "complaint", "refund.requested": "refund" };

/** The life after one more event; the same object where it changes nothing. */
export function lived(life: Life, event: Spoken): Life {
  const said = event.payload;
  switch (event.kind) {
    case "assigned":
    case "transferred":
      return given(life, event);
    case "unassigned":
      return { ...life, account: null, given_at: null };
    case "closed":
      return { ...life, account: null, given_at: null, handed_on_at: null, closed: true, snoozed_until: null };
    case "reopened":
      return { ...life, closed: false };
    case "snoozed":
      return { ...life, snoozed_until: instantSaid(said.until) };
    case "tagged":
      return said.tag == null ? talked(life, event) : tagged(life, said.tag, said.purpose === "removed");
    case "task.opened":
    case "complaint.opened":
    case "refund.requested":
      return { ...life, tasks: [...(life.tasks ?? []), opened(event)] };
    case "task.changed":
      return change(life, (task) => task.id === said.about, changed(event));
    case "task.closed":
      return change(life, (task) => task.id === said.about, closed(event));
    case "complaint.closed":
      return change(life, (task) => task.what === "complaint", closed(event));
    case "refund.succeeded":
    case "refund.closed":
      return change(life, (task) => task.what === "refund" && same(task.order, said.order), closed(event));
    case "platform.intervened":
      return change(
        life,
        (task) => same(task.order, said.order),
        (task) => ({ ...task, risk: true }),
      );
    default:
      return talked(life, event);
  }
}

/** An instant as the house writes it; null for none, and for what is no instant with an offset. */
function instantSaid(until: string | null | undefined): string | null {
  if (until == null || !/(?:Z|[+-]\d\d:?\d\d)$/.test(until)) return null;
  const at = new Date(until);
  return Number.isNaN(at.valueOf()) ? null : at.toISOString().replace(".000Z", "Z");
}

const same = (one?: string | null, other?: string | null): boolean => (one ?? null) === (other ?? null);

function given(life: Life, event: Spoken): Life {
  const account = event.account === "unassigned" ? null : (event.account ?? null);
  const handedOn = event.kind === "transferred" && account === null;
  return {
    ...life,
    account,
    given_at: account ? event.at : null,
    handed_on_at: handedOn ? event.at : null,
    group: event.payload.group || (life.group ?? null),
  };
}

/** Whoever writes opens a closed chat again; a buyer wakes a snoozed one. */
function talked(life: Life, event: Spoken): Life {
  if (!isTalk(event.kind)) return life;
  if (event.actor === "buyer" && (life.closed || life.snoozed_until != null))
    return { ...life, closed: false, snoozed_until: null };
  const byHand = event.origin === "human" || event.origin === "assisted";
  return life.closed && event.actor === "agent" && byHand ? { ...life, closed: false } : life;
}

function tagged(life: Life, tag: string, removed: boolean): Life {
  const others = (life.tags ?? []).filter((each) => each !== tag);
  return { ...life, tags: removed ? others : [...others, tag] };
}

const opened = (event: Spoken): Task => ({
  id: event.source_id,
  what: NAMED[event.kind] ?? (event.payload.purpose || "follow_up"),
  opened_at: event.at,
  account: event.account ?? null,
  due: instantSaid(event.payload.until),
  order: event.payload.order ?? null,
  risk: false,
  closed_at: null,
});

function change(life: Life, concerns: (task: Task) => boolean, made: (task: Task) => Task): Life {
  const tasks = life.tasks ?? [];
  if (!tasks.some((task) => task.closed_at == null && concerns(task))) return life;
  return { ...life, tasks: tasks.map((task) => (task.closed_at == null && concerns(task) ? made(task) : task)) };
}

/** A change names only what changes; an owner is taken away by an account of `""`. */
const changed =
  (event: Spoken) =>
  (task: Task): Task => ({
    ...task,
    account: event.account == null ? task.account : event.account || null,
    due: instantSaid(event.payload.until) ?? task.due,
  });

const closed =
  (event: Spoken) =>
  (task: Task): Task => ({ ...task, closed_at: event.at });
