/** Who answers, those closest to trouble first. */
import type { ShopNow } from "../../live/state";

export type Agent = ShopNow["agents"][number];
export const SHOWN_AGENTS = 6;

export const isHere = (presence: string): boolean => presence === "online" || presence === "busy";

/** By whom they lose first, then by how many wait, then by how full they are; who is away last. */
export function byTrouble(agents: readonly Agent[], presence: (agent: Agent) => string): Agent[] {
  const rank = (agent: Agent): [number, string, number, number] => [
    isHere(presence(agent)) || (agent.waiting ?? 0) > 0 ? 0 : 1,
    agent.urgent?.deadline ?? "9",
    -(agent.waiting ?? 0),
    -agent.chats / Math.max(1, agent.capacity),
  ];
  return [...agents].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    for (let at = 0; at < a.length; at += 1) {
      const [x, y] = [a[at] ?? 0, b[at] ?? 0];
      if (x !== y) return x < y ? -1 : 1;
    }
    return one.account < other.account ? -1 : 1;
  });
}

/** How many chats those who are here could still take. */
export const roomLeft = (agents: readonly Agent[], presence: (agent: Agent) => string): number =>
  agents
    .filter((each) => presence(each) === "online")
    .reduce((sum, each) => sum + Math.max(0, each.capacity - each.chats), 0);
