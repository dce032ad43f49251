import { expect, test } from "vitest";
import type { Shown, Spoken } from "../conversation/words";
import { after, nothing, type Told } from "./state";

const shown = (id: string): Shown => ({ id, shop: "茶叶铺", channel: "官网", buyer: "小*", card: {} });

test("nothing of an erased buyer stays on the page, and everything of others does", () => {
  const threads = new Map(["a", "b"].map((chat) => [chat, { messages: [] as Spoken[], begun: true }]));
  const told: Told = after(
    { ...nothing, threads },
    [
      { chats: [shown("a"), shown("b")] },
      { typing: { chat: "a" } },
      { reading: { chat: "a", accounts: ["lin"] } },
      { seen: { chat: "a", buyer: 3 } },
      { sent: { chat: "a", seq: 2, state: "sent" } },
      { sent: { chat: "b", seq: 2, state: "sent" } },
    ],
    0,
  );
  const left = after(told, [{ erased: ["a", "never known"] }], 0);
  expect([...left.chats.keys()]).toEqual(["b"]);
  expect([...left.threads.keys()]).toEqual(["b"]);
  expect([...left.sent.keys()]).toEqual(["b 2"]);
  expect([left.typing.size, left.reading.size, left.seen.size]).toEqual([0, 0, 0]);
  expect([...told.chats.keys()]).toEqual(["a", "b"]);
});
