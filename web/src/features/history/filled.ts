/** How filters are changed: what is empty is not asked for. */
import { type HistorySearch, searchFrom } from "./search";

export interface SetFilters {
  search: HistorySearch;
  set: (change: HistorySearch) => void;
}

export const filled = (search: HistorySearch): HistorySearch => searchFrom(search as Record<string, unknown>);
