/** What a search finds, page by page. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { given, house, type Schemas } from "../../lib/house";
import { dayBegins, dayEnds, filtersOf, type HistorySearch, isByWords, type Status } from "./search";

/** A chat of the list; of a search by words with its newest hit. */
export interface Found {
  chat: string;
  shop: string;
  channel: string;
  buyer: string;
  at: string;
  account: string | null;
  text: string | null;
  state?: Status;
  tags?: readonly string[];
  tasks?: number;
  spam?: string | null;
  /** The newest hit, what it is, and how many there are. */
  seq?: number;
  kind?: string;
  count?: number;
}

interface Page {
  items: Found[];
  next: string | null;
}

const PAGE = 50;

export function useFound(search: HistorySearch) {
  const filters = filtersOf(search);
  return useInfiniteQuery({
    queryKey: ["history", filters],
    queryFn: ({ pageParam }) => (isByWords(filters) ? byWords(filters, pageParam) : listed(filters, pageParam)),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.next,
    staleTime: 10_000,
  });
}

/** The filters of lists of chats, as the house is asked. */
export function askedOf({ since, until, ...filters }: HistorySearch) {
  const { shop, channel, account, group, status, tag, metric, verdict, hour } = filters;
  const days = { since: since && dayBegins(since), until: until && dayEnds(until) };
  return { shop, channel, account, group, status, tag, metric, verdict, hour, ...days };
}

async function listed(filters: HistorySearch, cursor: string | null): Promise<Page> {
  const query = { ...askedOf(filters), cursor, limit: PAGE };
  const page = await given(house.GET("/v1/chats", { params: { query } }));
  return { items: page.items.map(ofList), next: page.next ?? null };
}

async function byWords(filters: HistorySearch, cursor: string | null): Promise<Page> {
  const { words, buyer, order, kind, shop, channel, account, since, until } = filters;
  const days = { since: since && dayBegins(since), until: until && dayEnds(until) };
  const query = { words, buyer, order, kind, shop, channel, account, ...days, cursor, limit: PAGE };
  const page = await given(house.GET("/v1/search", { params: { query } }));
  return { items: page.items.map((each) => ({ ...each, account: each.account ?? null })), next: page.next ?? null };
}

const ofList = ({ chat, buyer, preview }: Schemas["Listed"]): Found => ({
  chat: chat.chat_id,
  shop: chat.shop,
  channel: chat.channel,
  buyer,
  at: chat.last_at,
  account: chat.account ?? null,
  text: preview ?? null,
  state: chat.state,
  tags: chat.tags,
  tasks: chat.open_tasks,
  spam: chat.spam,
});
