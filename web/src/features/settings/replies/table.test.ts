import { expect, test } from "vitest";
import { cells, textOf, written } from "./csv";
import { type Reply, readTable, tableOf } from "./table";

const reply = (title: string, text: string, more: Partial<Reply> = {}): Reply => ({
  id: `id-${title}`,
  title,
  text,
  folder: "常用",
  ...more,
});

test("what is written is read again, quotes, commas, line breaks and formulas included", () => {
  const replies = [
    reply("发货", '亲，"今天"发,\n明天到'),
    reply("公式", "=1+1 便宜"),
    reply("减", "-5 元券"),
    reply("店", "到店", { shop: "茶", place: 3 }),
  ];
  const table = readTable(tableOf(replies, "zh"), replies, false);
  if ("missing" in table) throw new Error("unreadable");
  expect(table.rows.map((each) => [each.id, each.wanted.text, each.wanted.place])).toEqual(
    replies.map((each) => [each.id, each.text, each.place ?? 0]),
  );
});

test("a spreadsheet's formula is only text", () => {
  expect(written([["=cmd()", "ok"]])).toBe("\uFEFF'=cmd(),ok\r\n");
});

test("headers in either language, any order, other separators", () => {
  for (const text of ["title,text\n一,二", "内容\t标题\n二\t一\n", "话术;名称\r\n二;一\r\n\r\n"]) {
    const table = readTable(text, [], true);
    expect(table).toEqual({
      rows: [
        { number: 2, id: null, wanted: { folder: "", title: "一", text: "二", place: 0, shop: null, mine: true } },
      ],
    });
  }
});

test("a table without titles or texts says what it lacks", () => {
  expect(readTable("标题,别的\na,b", [], true)).toEqual({ missing: ["内容"] });
  expect(readTable("", [], true)).toEqual({ missing: ["标题", "内容"] });
});

test("the same title in another folder or shop is another reply", () => {
  const known = [reply("发货", "x"), reply("退货", "y", { shop: "茶" })];
  const table = readTable(
    "文件夹,标题,内容,店铺\n常用,发货,新,\n别的,发货,新,\n常用,退货,新,\n常用,退货,新,茶",
    known,
    false,
  );
  expect("rows" in table && table.rows.map((each) => each.id)).toEqual(["id-发货", null, null, "id-退货"]);
});

test("an open quote ends with the file, and doubled quotes are one", () => {
  expect(cells('a,"b ""c""",d\n"e\nf')).toEqual([["a", 'b "c"', "d"], ["e\nf"]]);
});

test("files of Chinese Windows are read", async () => {
  const gb = new Uint8Array([0xb1, 0xea, 0xcc, 0xe2]); // 标题
  expect(await textOf(new Blob([gb]))).toBe("标题");
  expect(await textOf(new Blob(["标题"]))).toBe("标题");
});
