/** Who is logged in, and what they may do. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { given, house, Refusal, type Schemas } from "./house";

export type Right = Schemas["Right"];
export type Me = Schemas["WhoIAm"];

/** Null while nobody is logged in. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await given(house.GET("/v1/session"));
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
  retry: (failures, error) => !(error instanceof Refusal) && failures < 3,
});

export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("nobody is logged in");
  return data;
}

export function useLogOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await house.DELETE("/v1/session");
    queries.clear();
    queries.setQueryData(meQuery.queryKey, null);
  };
}
