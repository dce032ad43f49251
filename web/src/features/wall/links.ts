/** Where the chats behind a number are. */
import type { Rate } from "../../live/rates";

/** The chats of a figure: those that it lost, or in one hour all that it counts. */
export const behind = (rate: Rate, hour?: number) => ({
  to: "/history" as const,
  search: {
    shop: [rate.shop],
    metric: rate.metric,
    ...(hour === undefined ? { verdict: "missed" as const } : { hour }),
  },
});

export const waitingIn = (shop: string, account?: string) => ({
  to: "/history" as const,
  search: { shop: [shop], status: ["waiting" as const], ...(account ? { account: [account] } : {}) },
});

export const atTheDesk = (chat: string) => ({ to: "/" as const, search: { chat } });
