/** The shops that the reader sees, by what they call them. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { given, house } from "./house";

export const shopsQuery = queryOptions({
  queryKey: ["shops"],
  queryFn: () => given(house.GET("/v1/shops")),
  staleTime: 60_000,
});

/** A shop's name by its id; the id while it is not known. */
export function useShopName(): (id: string) => string {
  const { data } = useQuery(shopsQuery);
  const names = new Map((data ?? []).map((each) => [each.id, each.name]));
  return (id) => names.get(id) ?? id;
}
