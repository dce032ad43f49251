/** The shops that the reader sees. */
import { useQuery } from "@tanstack/react-query";
import { given, house, type Schemas } from "./house";

export type ShopTold = Schemas["ShopTold"];

const shopsQuery = {
  queryKey: ["shops"],
  queryFn: () => given(house.GET("/v1/shops")),
  staleTime: 60_000,
};

/** Open ones; undefined while they are not known yet. */
export function useShops(): { shops: readonly ShopTold[] | undefined; error: Error | null } {
  const { data, error } = useQuery(shopsQuery);
  return { shops: data?.filter((each) => each.active), error };
}

/** A shop's name by its id, also of one that is closed. */
export function useShopName(): (id: string) => string {
  const { data } = useQuery(shopsQuery);
  return (id) => data?.find((each) => each.id === id)?.name ?? id;
}
