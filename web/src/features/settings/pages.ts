/** The pages of the settings: where they stand in the list, and who sees them. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Right } from "../../lib/session";

export interface Page {
  name: string;
  group: "mine" | "people" | "shops" | "alarms" | "house";
  /** Any of these opens it; none: everybody may. */
  rights: readonly Right[];
  Show: LazyExoticComponent<ComponentType>;
}

const page = (
  group: Page["group"],
  name: string,
  rights: readonly Right[],
  load: () => Promise<{ Show: ComponentType }>,
): Page => ({ group, name, rights, Show: lazy(async () => ({ default: (await load()).Show })) });

const pages: readonly Page[] = [
  page("people", "accounts", ["accounts.manage"], () => import("./accounts/Accounts")),
  page("people", "roles", ["roles.manage", "accounts.manage"], () => import("./roles/Roles")),
  page("people", "groups", ["accounts.manage"], () => import("./groups/Groups")),
  page("shops", "shops", ["shops.manage", "webhooks.manage"], () => import("./shops/Shops")),
  page("shops", "replies", ["chats.read"], () => import("./replies/Replies")),
  page("shops", "routing", ["routing.manage"], () => import("./routing/Routing")),
  page("shops", "hours", ["shops.manage"], () => import("./hours/Hours")),
  page("shops", "lines", [], () => import("./packs/Lines")),
  page("alarms", "alarms", ["alarms.manage"], () => import("./alarms/Alarms")),
  page("alarms", "ways", ["house.manage", "alarms.manage"], () => import("./alarms/Ways")),
  page("mine", "me", [], () => import("./me/Me")),
  page("mine", "reach", [], () => import("./reach/Reach")),
  page("mine", "look", [], () => import("./me/Look")),
  page("house", "keys", ["api_keys.manage"], () => import("./keys/Keys")),
  page("house", "audit", ["audit.read"], () => import("./audit/Audit")),
  page("house", "retention", ["house.manage"], () => import("./retention/Retention")),
];

/** Where the settings begin for somebody. */
export const pagesFor = (rights: readonly Right[]): Page[] =>
  pages.filter((each) => each.rights.length === 0 || each.rights.some((right) => rights.includes(right)));
