/** The shops that the reader sees, by what they call them. */
import { useQuery } from "@tanstack/react-query";
import { given, house } from "./house";

/** A shop's name by its id; the id while it is not known. */
export function useShopName(): (id: string) => string {
  const { data } = useQuery({ queryKey: ["shops"], queryFn: () => given(house.GET("/v1/shops")), staleTime: 60_000 });
  const names = new Map((data ?? []).map((each) => [each.id, each.name]));
  return (id) => names.get(id) ?? id;
}
