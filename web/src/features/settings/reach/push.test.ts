import { expect, test } from "vitest";
import { bytesOf } from "./push";

test("a key is read as addresses write it, with or without its padding", () => {
  expect([...bytesOf("-_8A")]).toEqual([0xfb, 0xff, 0x00]);
  expect([...bytesOf("AQ")]).toEqual([1]);
});
