/** How far the first run has come, told by the house itself: it can be left and taken up anywhere. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { create } from "zustand";
import { given, house } from "../../lib/house";
import { shopsQuery } from "../../lib/shops";

export const STEPS = ["shop", "hours", "agents", "channel"] as const;
export type Step = (typeof STEPS)[number];
/** Without the shop there is nothing to go on with, without hours no buyer can be told when somebody comes. */
export const MAY_SKIP: readonly Step[] = ["hours", "agents", "channel"];

const KEPT = "miaohui.start.skipped";

export const useSkipped = create<{ skipped: readonly string[] }>(() => ({
  skipped: JSON.parse(localStorage.getItem(KEPT) ?? "[]") as string[],
}));

export function skip(step: Step): void {
  const skipped = [...new Set([...useSkipped.getState().skipped, step])];
  localStorage.setItem(KEPT, JSON.stringify(skipped));
  useSkipped.setState({ skipped });
}

export const hoursQuery = (shop: string) =>
  queryOptions({
    queryKey: ["start-hours", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/settings/hours", { params: { path: { shop } } })),
    enabled: shop !== "",
  });
export const channelsQuery = (shop: string) =>
  queryOptions({
    queryKey: ["channels", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/channels", { params: { path: { shop } } })),
    enabled: shop !== "",
  });
export const peopleQuery = queryOptions({
  queryKey: ["start-people"],
  queryFn: async () => {
    const accounts = await given(house.GET("/v1/accounts", { params: { query: { limit: 2 } } }));
    const invitations = await given(house.GET("/v1/invitations"));
    return { isAlone: accounts.items.length < 2, invited: invitations.length };
  },
});

export interface Progress {
  isKnown: boolean;
  shop: string;
  done: ReadonlySet<Step>;
}

export function useProgress(): Progress {
  const shops = useQuery(shopsQuery);
  const shop = shops.data?.[0]?.id ?? "";
  const hours = useQuery(hoursQuery(shop));
  const channels = useQuery(channelsQuery(shop));
  const people = useQuery(peopleQuery);
  const done = new Set<Step>();
  if (shop) done.add("shop");
  if (hours.data?.version != null) done.add("hours");
  if (people.data && (!people.data.isAlone || people.data.invited > 0)) done.add("agents");
  if ((channels.data?.length ?? 0) > 0) done.add("channel");
  const isKnown = shops.isSuccess && people.isFetched && (shop === "" || (hours.isFetched && channels.isFetched));
  return { isKnown, shop, done };
}

/** What every question is given. */
export interface StepProps {
  shop: string;
  /** The step is done. */
  next: () => void;
  /** The buttons under a question. */
  below: ReactNode;
}
