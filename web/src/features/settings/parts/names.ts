/** Names for ids: people, roles, groups, shops; what the settings list and choose from. */
import { queryOptions } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { useShopName } from "../../../lib/shops";
import { useLive } from "../../../live/store";

export const groupsQuery = queryOptions({ queryKey: ["groups"], queryFn: () => given(house.GET("/v1/groups")) });
export const rolesQuery = queryOptions({ queryKey: ["roles"], queryFn: () => given(house.GET("/v1/roles")) });

export function useWho(): (account: string | null | undefined) => string {
  const { t } = useTranslation("settings");
  const people = useLive((each) => each.people);
  return (account) => (account == null ? t("theHouse") : people.get(account)?.name || account);
}

/** Built-in roles are called so in the reader's language. */
export function useRoleName(): (role: Schemas["RoleName"]) => string {
  const { t } = useTranslation("settings");
  return (role) => t(`role.${role.id}`, { defaultValue: role.name });
}

export function useShopNames(): (shops: Schemas["WhichShops"]) => string {
  const { t } = useTranslation("settings");
  const name = useShopName();
  return ({ every, only }) =>
    every ? t("everyShop") : (only ?? []).length === 0 ? t("noShop") : (only ?? []).map(name).join(t("comma"));
}
