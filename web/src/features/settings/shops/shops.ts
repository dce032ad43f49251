/** What shops and channels are read from. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { knownPacksQuery } from "../../../lib/packs";

export const KINDS = ["webchat", "webhook"] as const;
export const NEUTRAL = "neutral";

export const channelsQuery = (shop: string) =>
  queryOptions({
    queryKey: ["channels", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/channels", { params: { path: { shop } } })),
  });

export const healthQuery = (shop: string, channel: string) =>
  queryOptions({
    queryKey: ["channel-health", shop, channel],
    queryFn: () =>
      given(house.GET("/v1/shops/{shop}/channels/{channel}/health", { params: { path: { shop, channel } } })),
    refetchInterval: 10_000,
    staleTime: 5_000,
  });

/** What a pack is called in the reader's language; without one, the neutral one holds. */
export function usePackTitle(): (pack: string | null) => string {
  const { i18n } = useTranslation();
  const { data } = useQuery(knownPacksQuery);
  return (pack) => data?.find((each) => each.id === (pack ?? NEUTRAL))?.title[i18n.language] ?? pack ?? "";
}
