/** The shops that the reader sees, by what they call them. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { given, house, type Schemas } from "./house";

export type ShopTold = Schemas["ShopTold"];

export const shopsQuery = queryOptions({
  queryKey: ["shops"],
  queryFn: () => given(house.GET("/v1/shops")),
  staleTime: 60_000,
});

/** Open ones; undefined while they are not known yet. */
export function useShops(): { shops: readonly ShopTold[] | undefined; error: Error | null } {
  const { data, error } = useQuery(shopsQuery);
  return { shops: data?.filter((each) => each.active), error };
}

/** A shop's name by its id; the id while it is not known. */
export function useShopName(): (id: string) => string {
  const { data } = useQuery(shopsQuery);
  const names = new Map((data ?? []).map((each) => [each.id, each.name]));
  return (id) => names.get(id) ?? id;
}
