/** Routing settings as their form has them: spans in seconds, skills as a list. */
import usual from "../../../generated/usual.json";
import type { Schemas } from "../../../lib/house";
import { seconds, written } from "../parts/durations";

type Settings = Schemas["RoutingSettings"];
type Policy = Schemas["Policy"];
type Span = number | null;

export interface PolicyFields extends Record<string, unknown> {
  prefer: string[];
  order: string;
}

export interface Fields {
  policy: PolicyFields;
  rules: RuleFields[];
  weights: { account: string; weight: number }[];
  group_policies: Settings["group_policies"];
}

interface RuleFields extends Omit<Schemas["Rule"], "skills"> {
  skills: { name: string; level: number }[];
}

// Where a policy has spans of time.
const SPANS = [
  "leaving_before",
  "idle_after",
  "cool_down",
  "share_over",
  "lost_bound",
  "lost_margin",
  "unanswered_after",
  "sticky.within",
  "sticky.wait_at_most",
  "overflow.after",
  "backlog.per",
];

type Tree = Record<string, unknown>;

/** A copy in which every span is as `turn` makes it; what is null stays so. */
function turned(policy: Tree, turn: (span: never) => unknown): Tree {
  const copy = structuredClone(policy);
  for (const path of SPANS) {
    const parts = path.split(".");
    const last = parts.pop() as string;
    const within = parts.reduce<Tree | null | undefined>((part, name) => part?.[name] as Tree | null | undefined, copy);
    if (within?.[last] != null) within[last] = turn(within[last] as never);
  }
  for (const window of (copy.windows as Tree[] | undefined) ?? []) window.per = turn(window.per as never);
  return copy;
}

/** The policies that are ready to be taken. */
export const POLICIES = Object.keys(usual.policies) as (keyof typeof usual.policies)[];
/** The seconds of what is written; 0 never stands for what cannot be read, the house writes only spans. */
const spanned = (policy: Tree) => turned(policy, (span: string): Span => seconds(span)) as PolicyFields;

const whole = (policy: Policy | Tree | undefined): Tree => ({
  ...usual.policies.deadline_aware,
  ...bare(policy as Tree),
});
/** Usual values are left out by the house. */
const bare = (policy: Tree | undefined): Tree => policy ?? {};

export const ready = (name: keyof typeof usual.policies): PolicyFields => spanned(whole(usual.policies[name] as Tree));

export function fieldsOf(told: Settings | null): Fields {
  return {
    policy: spanned(whole(told?.policy)),
    rules: (told?.rules ?? []).map(({ skills = {}, ...rule }) => ({
      ...rule,
      skills: Object.entries(skills).map(([name, level]) => ({ name, level })),
    })),
    weights: Object.entries(told?.weights ?? {}).map(([account, weight]) => ({ account, weight })),
    group_policies: told?.group_policies ?? {},
  };
}

export function wantedOf(fields: Fields): Settings {
  return {
    policy: turned(fields.policy, (span: number) => written(span)) as Policy,
    rules: fields.rules.map(({ skills, ...rule }) => ({
      ...rule,
      tag: rule.tag || null,
      language: rule.language || null,
      skills: Object.fromEntries((skills ?? []).map(({ name, level }) => [name, level])),
    })),
    weights: Object.fromEntries(fields.weights.map(({ account, weight }) => [account, weight])),
    group_policies: fields.group_policies,
  };
}
