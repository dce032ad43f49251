/** What a wall knows of a shop: told over the line, and asked for where nothing was told yet. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { given, house, type Schemas } from "../../lib/house";
import type { ShopNow } from "../../live/state";
import { useLive } from "../../live/store";

export type ShopHours = Schemas["ShopHours"];
export type RateHours = Schemas["RateHours"];

const MINUTE = 60_000;

const nowQuery = (shop: string) => ({
  queryKey: ["shop-now", shop],
  queryFn: async () =>
    (await given(house.GET("/v1/shops/{shop}/now", { params: { path: { shop } } }))) as unknown as ShopNow,
  refetchInterval: MINUTE,
});

const newer = (one: ShopNow | undefined, other: ShopNow | undefined): ShopNow | undefined =>
  one && other ? (one.at < other.at ? other : one) : (one ?? other);

export function useShopNow(shop: string): { now: ShopNow | undefined; error: Error | null } {
  const told = useLive((each) => each.figures.get(shop));
  const { data, error } = useQuery(nowQuery(shop));
  return { now: newer(told, data), error };
}

export function useShopsNow(shops: readonly string[]): { nows: ShopNow[]; isPending: boolean; error: Error | null } {
  const told = useLive((each) => each.figures);
  const asked = useQueries({ queries: shops.map(nowQuery) });
  return {
    nows: shops.flatMap((shop, at) => newer(told.get(shop), asked[at]?.data) ?? []),
    isPending: asked.some((each) => each.isPending),
    error: asked.find((each) => each.error)?.error ?? null,
  };
}

export function useShopHours(shop: string): ShopHours | undefined {
  const { data } = useQuery({
    queryKey: ["shop-hours", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/hours", { params: { path: { shop } } })),
    refetchInterval: MINUTE / 2,
  });
  return data;
}
