/** Sub-accounts as their pages read and ask for them. */
import { queryOptions } from "@tanstack/react-query";
import { given, house, type Schemas } from "../../../lib/house";

export type Account = Schemas["AccountTold"];
export type AccountFields = Required<Omit<Schemas["AccountWanted"], "capacity_by_channel">>;

/** All of them, page by page. */
export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async () => {
    const found: Account[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await given(house.GET("/v1/accounts", { params: { query: { limit: 200, cursor } } }));
      found.push(...page.items);
      cursor = page.next;
    } while (cursor != null);
    return found;
  },
});

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: () => given(house.GET("/v1/invitations")),
});

export const fieldsOf = (account: Account): AccountFields => ({
  name: account.name,
  display_name: account.display_name,
  role: account.role.id,
  shops: account.shops,
  groups: account.groups,
  skills: account.skills,
  languages: account.languages,
  visibility: account.visibility,
  capacity: account.capacity,
});

export const newAccount = (shops: Schemas["WhichShops"]): AccountFields => ({
  name: "",
  display_name: "",
  role: "agent",
  shops,
  groups: [],
  skills: [],
  languages: ["zh"],
  visibility: "own",
  capacity: 8,
});

/** Where problems of accounts belong that name no field. */
export const ACCOUNT_PLACES = {
  "name.": "name",
  "directory.name_taken": "name",
  "account.capacity": "capacity",
  "account.level": "skills",
  "account.language": "languages",
  "password.": "first_password",
};

// Without those that look like others on paper.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A first password that can be read out: four groups of four. */
export function newPassword(): string {
  const picked = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => LETTERS[byte % LETTERS.length]);
  return [0, 4, 8, 12].map((at) => picked.slice(at, at + 4).join("")).join("-");
}
