/** A buyer's orders, as the chat's events tell of them: the newest first. */
import { familyOf, type Spoken } from "../../../conversation/words";

export interface Order {
  id: string;
  /** The kind of the last thing that happened to it. */
  state: string;
  steps: Spoken[];
}

export function ordersOf(messages: readonly Spoken[]): Order[] {
  const found = new Map<string, Order>();
  for (const each of messages) {
    const id = each.payload.order;
    if (!id || familyOf(each.kind) !== "trade") continue;
    const order = found.get(id) ?? { id, state: each.kind, steps: [] };
    order.state = each.kind;
    order.steps.push(each);
    found.set(id, order);
  }
  return [...found.values()].reverse();
}
