/** Every text is there in both languages, every text is used, and every text that is asked for exists. */
import { expect, test } from "vitest";

const texts = import.meta.glob<object>("./*/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>(
  ["../**/*.{ts,tsx}", "!../**/*.test.*", "!../{webchat,widget,report,generated}/**"],
  {
    eager: true,
    query: "?raw",
    import: "default",
  },
);

function keysOf(texts: object, above = ""): string[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === "object" ? keysOf(value, `${above}${name}.`) : [`${above}${name}`],
  );
}

const rooms = [...new Set(Object.keys(texts).map((path) => path.split("/").at(-1)?.replace(".json", "") ?? ""))];
const told = (tongue: string, room: string): string[] => keysOf(texts[`./${tongue}/${room}.json`] ?? {}).sort();
const values = (tongue: string, room: string): Record<string, string> => {
  const found: Record<string, string> = {};
  const walk = (part: object, above: string): void => {
    for (const [name, value] of Object.entries(part))
      if (typeof value === "object") walk(value, `${above}${name}.`);
      else found[above + name] = value;
  };
  walk(texts[`./${tongue}/${room}.json`] ?? {}, "");
  return found;
};

test.each(rooms)("%s: the same texts in both languages, with the same places in them", (room) => {
  expect(told("en", room)).toEqual(told("zh", room));
  const places = (text: string | undefined) =>
    [...(text ?? "").matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1]).sort();
  const [zh, en] = [values("zh", room), values("en", room)];
  // A text for exactly one need not say how many.
  for (const key of Object.keys(zh).filter((each) => !each.endsWith("_one")))
    expect([key, places(en[key])]).toEqual([key, places(zh[key])]);
});

const CHINESE = /[\u4e00-\u9fff]/;

test.each(rooms)("%s: no Chinese in English texts", (room) => {
  const own = Object.entries(values("en", room)).filter(([key, text]) => CHINESE.test(text) && !key.endsWith(".zh"));
  expect(own).toEqual([]);
});

const SUFFIX = /_(removed|zero|one|two|few|many|other)$/;

test("every text is used, and every text asked for is there", () => {
  const used = new Set<string>();
  const heads: string[] = [];
  const missing: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const own = /useTranslation\(\s*"([\w-]+)"/.exec(source)?.[1] ?? "app";
    for (const [, key = ""] of source.matchAll(/"((?:[\w-]+:)?[\w.]+)"/g)) {
      used.add(key.includes(":") ? key : `${own}:${key}`);
      used.add(`app:${key}`);
    }
    for (const [, head = ""] of source.matchAll(/`((?:[\w-]+:)?[\w.]+\.)\$\{/g))
      heads.push(head.includes(":") ? head : `${own}:${head}`);
    for (const [, key = ""] of source.matchAll(/\bt\(\s*"((?:[\w-]+:)?[\w.]+)"/g)) {
      const [room, name] = key.includes(":") ? (key.split(":") as [string, string]) : [own, key];
      if (!told("zh", room).some((each) => each.replace(SUFFIX, "") === name)) missing.push(`${path}: ${room}:${name}`);
    }
  }
  const all = rooms.flatMap((room) => told("zh", room).map((key) => `${room}:${key}`));
  const bare = all.filter(
    (key) => ![...used].some((each) => each === key.replace(SUFFIX, "")) && !heads.some((head) => key.startsWith(head)),
  );
  const anywhere = Object.values(sources).join("\n");
  const unused = bare.filter((key) => !anywhere.includes(`"${key.split(":")[1]}"`));
  expect({ missing, unused }).toEqual({ missing: [], unused: [] });
});
