/** The names of figures and lines, as the rule packs of the house give them. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "./house";

type PackTold = Schemas["PackTold"];
export type MetricTold = Schemas["MetricTold"];
export type LineTold = Schemas["LineTold"];
export type Packs = ReadonlyMap<string, PackTold>;

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

export function usePacks(): Packs {
  const { data } = useQuery(packsQuery);
  return useMemo(() => new Map((data ?? []).map((each) => [each.id, each])), [data]);
}

const metricOf = (packs: Packs, pack: string, metric: string): MetricTold | undefined =>
  packs.get(pack)?.metrics.find((each) => each.id === metric);

export const lineOf = (packs: Packs, pack: string, line: string): LineTold | undefined =>
  packs.get(pack)?.lines.find((each) => each.id === line);

/** A line whose value nobody has confirmed; a value that the merchant gave is their own word. */
export const isUnconfirmed = (line: LineTold | undefined): boolean =>
  line === undefined || (line.value != null && (line.confidence === "L" || line.confidence === "U"));

export function useWords(): (words: Record<string, string> | undefined, otherwise?: string) => string {
  const { i18n } = useTranslation();
  return (words, otherwise = "") => words?.[i18n.language] ?? words?.zh ?? otherwise;
}

export function useMetricName(): (pack: string, metric: string) => string {
  const packs = usePacks();
  const words = useWords();
  return (pack, metric) => words(metricOf(packs, pack, metric)?.name, metric);
}
