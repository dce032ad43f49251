/** Where a list of chats can be fetched as a table. */
import { language } from "../../lib/language";
import { askedOf } from "./found";
import type { HistorySearch } from "./search";

export function exportAddress(filters: HistorySearch): string {
  const query = new URLSearchParams({ lang: language() });
  for (const [name, value] of Object.entries(askedOf(filters)))
    for (const each of Array.isArray(value) ? value : [value])
      if (each != null && each !== "") query.append(name, String(each));
  return `/v1/exports/chats?${query}`;
}
