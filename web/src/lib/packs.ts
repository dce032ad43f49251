/** The names of figures and lines, as the rule packs of the house give them. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "./house";

export type PackTold = Schemas["PackTold"];

/** The packs that a shop may go by. */
export const knownPacksQuery = queryOptions({
  queryKey: ["known-packs"],
  queryFn: () => given(house.GET("/v1/packs/known")),
  staleTime: 600_000,
});

const packsQuery = {
  queryKey: ["packs"],
  queryFn: () => given(house.GET("/v1/packs")),
  staleTime: Number.POSITIVE_INFINITY,
};

export function usePacks(): ReadonlyMap<string, PackTold> {
  const { data } = useQuery(packsQuery);
  return new Map((data ?? []).map((each) => [each.id, each]));
}

export function useMetricName(): (pack: string, metric: string) => string {
  const { i18n } = useTranslation();
  const packs = usePacks();
  return (pack, metric) => {
    const found = packs.get(pack)?.metrics.find((each) => each.id === metric);
    return found?.name[i18n.language] ?? found?.name.zh ?? metric;
  };
}
