/** What is looked for, as it stands in the address: a search can be kept, sent and linked. */
export type Status = "waiting" | "answered" | "snoozed" | "closed";
export const STATUSES: readonly Status[] = ["waiting", "answered", "snoozed", "closed"];

/** What became of what a figure counts. */
type Verdict = "hit" | "missed" | "pending" | "excluded";
const VERDICTS: readonly Verdict[] = ["hit", "missed", "pending", "excluded"];

export interface HistorySearch {
  words?: string;
  buyer?: string;
  order?: string;
  kind?: string[];
  shop?: string[];
  channel?: string[];
  account?: string[];
  group?: string[];
  status?: Status[];
  tag?: string[];
  /** Days on the reader's clock, both included: 2026-11-11. */
  since?: string;
  until?: string;
  /** Chats that today's figure of this name is made of; what became of them, and in which hour. */
  metric?: string;
  verdict?: Verdict;
  hour?: number;
  /** The chat that is read, and the hit in it. */
  chat?: string;
  seq?: number;
}

/** Asks for chats that no account, or no group, has. */
export const NOBODY = "nobody";

const TEXTS = ["words", "buyer", "order", "metric", "chat"] as const;
const LISTS = ["kind", "shop", "channel", "account", "group", "tag"] as const;
const DAYS = ["since", "until"] as const;

/** Whatever stands in an address, as a search; what cannot be meant is left out. */
export function searchFrom(told: Record<string, unknown>): HistorySearch {
  const found: HistorySearch = {};
  for (const name of TEXTS) {
    const text = textOf(told[name]);
    if (text) found[name] = text;
  }
  for (const name of LISTS) {
    const list = listOf(told[name]);
    if (list.length > 0) found[name] = list;
  }
  for (const name of DAYS) {
    const day = textOf(told[name]);
    if (/^\d{4}-\d\d-\d\d$/.test(day)) found[name] = day;
  }
  const status = listOf(told.status).filter((each): each is Status => (STATUSES as string[]).includes(each));
  if (status.length > 0) found.status = status;
  const verdict = VERDICTS.find((each) => each === told.verdict);
  if (found.metric && verdict) found.verdict = verdict;
  if (found.metric && typeof told.hour === "number" && told.hour >= 0 && told.hour < 24) found.hour = told.hour;
  if (typeof told.seq === "number" && told.seq > 0) found.seq = told.seq;
  return found;
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

function listOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.map(textOf).filter((each) => each !== "");
}

/** Words, buyers, orders and kinds are found in the index of messages, all else in the list of chats. */
export const isByWords = ({ words, buyer, order, kind }: HistorySearch): boolean =>
  Boolean(words || buyer || order || kind?.length);

/** What stays when another chat is read: everything but that. */
export function filtersOf({ chat: _, seq: __, ...filters }: HistorySearch): HistorySearch {
  return filters;
}

/** The first instant of a day, and the first after it, on the reader's clock. */
export const dayBegins = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
export function dayEnds(day: string): string {
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}
