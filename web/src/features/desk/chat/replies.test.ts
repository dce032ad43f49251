/** Quick replies are found by two letters and filled in. */
import { expect, test } from "vitest";
import { filled, found, type Reply, sought } from "./replies";

const reply = (title: string, initials: string, text = "…"): Reply => ({ reply: { id: title, title, text }, initials });
const replies = [
  reply("发货时间", "fhsj"),
  reply("退货地址", "thdz"),
  reply("返货签收", "fhqs"),
  reply("包邮", "by", "满 99 发货包邮"),
];

test("a slash at the beginning opens the tray, and only there", () => {
  expect(sought("/fh")).toBe("fh");
  expect(sought("/")).toBe("");
  expect(sought("1/2")).toBeNull();
  expect(sought("/fh\n")).toBeNull();
});

test("two pinyin initials find a reply; texts come last", () => {
  expect(found(replies, "fh").map((each) => each.reply.title)).toEqual(["发货时间", "返货签收"]);
  expect(found(replies, "发货").map((each) => each.reply.title)).toEqual(["发货时间", "包邮"]);
  expect(found(replies, "")).toHaveLength(4);
  expect(found(replies, "zz")).toEqual([]);
});

test("variables are said, and an unknown one stays to be seen", () => {
  expect(filled("{buyer}，订单 { order } 明天发，{agent}", { buyer: "小满", order: "" })).toBe(
    "小满，订单 { order } 明天发，{agent}",
  );
});
