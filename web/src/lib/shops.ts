/** The shops that the reader sees. */
import { useQuery } from "@tanstack/react-query";
import { given, house, type Schemas } from "./house";

export type ShopTold = Schemas["ShopTold"];

/** Open ones; undefined while they are not known yet. */
export function useShops(): { shops: readonly ShopTold[] | undefined; error: Error | null } {
  const { data, error } = useQuery({
    queryKey: ["shops"],
    queryFn: () => given(house.GET("/v1/shops")),
    staleTime: 60_000,
  });
  return { shops: data?.filter((each) => each.active), error };
}

/** A shop's name by its id. */
export function useShopName(): (id: string) => string {
  const { shops } = useShops();
  return (id) => shops?.find((each) => each.id === id)?.name ?? id;
}
