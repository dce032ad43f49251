/** Where the chats behind a number are. */
import type { Rate } from "../../live/rates";

/** The chats of a rate. */
export const behind = (rate: Rate) => ({ to: "/history" as const, search: { shop: [rate.shop] } });

export const waitingIn = (shop: string, account?: string) => ({
  to: "/history" as const,
  search: { shop: [shop], status: ["waiting" as const], ...(account ? { account: [account] } : {}) },
});

export const atTheDesk = (chat: string) => ({ to: "/" as const, search: { chat } });
