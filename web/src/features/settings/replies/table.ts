/** Quick replies as a table: written for a spreadsheet, and read from one. */
import type { Schemas } from "../../../lib/house";
import { cells, written } from "./csv";

export type Reply = Schemas["QuickReply"];
export type Wanted = Required<Schemas["ReplyWanted"]>;

const HEADERS = {
  folder: ["文件夹", "分类", "分组", "folder"],
  title: ["标题", "名称", "title"],
  text: ["内容", "话术", "text"],
  place: ["顺序", "place"],
  shop: ["店铺", "shop"],
} as const;
type Column = keyof typeof HEADERS;
const COLUMNS = Object.keys(HEADERS) as Column[];

export interface Row {
  /** Of the file, its header being the first. */
  number: number;
  /** Of the reply that it changes; a new one otherwise. */
  id: string | null;
  wanted: Wanted;
}

/** `missing`: columns without which a table cannot be read. */
export type Table = { rows: Row[] } | { missing: string[] };

export const tableOf = (replies: readonly Reply[], tongue: "zh" | "en"): string =>
  written([
    COLUMNS.map((each) => (tongue === "zh" ? HEADERS[each][0] : each)),
    ...replies.map((each) => COLUMNS.map((column) => String(each[column] ?? ""))),
  ]);

/** The replies of a table. One with a folder and title that are known changes that reply. */
export function readTable(text: string, known: readonly Reply[], mine: boolean): Table {
  const [header = [], ...body] = cells(text.replace(/^\uFEFF/, ""));
  const names = header.map((each) => each.trim().toLowerCase());
  const at = Object.fromEntries(
    COLUMNS.map((each) => [each, names.findIndex((name) => (HEADERS[each] as readonly string[]).includes(name))]),
  ) as Record<Column, number>;
  const missing = (["title", "text"] as const).filter((each) => at[each] < 0);
  if (missing.length > 0) return { missing: missing.map((each) => HEADERS[each][0]) };
  const cell = (row: string[], column: Column) =>
    at[column] < 0 ? "" : (row[at[column]] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
  const rows = body.map((row, place) => {
    const wanted: Wanted = {
      folder: cell(row, "folder"),
      title: cell(row, "title"),
      text: cell(row, "text"),
      place: Number.parseInt(cell(row, "place"), 10) || 0,
      shop: mine ? null : cell(row, "shop") || null,
      mine,
    };
    return { number: place + 2, id: idOf(wanted, known), wanted };
  });
  return { rows };
}

const idOf = (wanted: Wanted, known: readonly Reply[]): string | null =>
  known.find(
    (each) =>
      each.title === wanted.title && (each.folder ?? "") === wanted.folder && (each.shop ?? null) === wanted.shop,
  )?.id ?? null;
