// From what the house says of itself (tools/wire.py) to `src/generated`: types of its API and frames,
// its words, and the vectors of the tests. With `--check` only says whether they are still true.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const [from, flag] = process.argv.slice(2);
const into = new URL("../src/generated/", import.meta.url).pathname;
const HEAD = "// Written by `make generated` from what the house says of itself; never by hand.\n\n";

const read = (name) => readFileSync(join(from, name), "utf8");

// Refusals look the same everywhere (`Problems` in src/lib/house.ts): types of what is given suffice.
const given = (document) => {
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path))
      for (const status of Object.keys(operation.responses ?? {}))
        if (!status.startsWith("2")) delete operation.responses[status];
  return document;
};
const silent = (key, value) =>
  (key === "description" && typeof value === "string") || key === "example" || key === "examples" ? undefined : value;
const typed = async (name) =>
  HEAD +
  astToString(
    await openapiTS(JSON.parse(JSON.stringify(given(JSON.parse(read(name))), silent)), {
      defaultNonNullable: false,
      alphabetize: true,
    }),
  );

const files = {
  "api.ts": await typed("openapi.json"),
  "frames.ts": await typed("frames.json"),
  "words.json": read("words.json"),
  "usual.json": read("usual.json"),
  "vectors.json": read("vectors.json"),
};

const held = (name) => {
  try {
    return readFileSync(join(into, name), "utf8");
  } catch {
    return null;
  }
};
const changed = Object.keys(files).filter((name) => files[name] !== held(name));
if (flag === "--check" && changed.length > 0) {
  console.error(`web/src/generated: ${changed.join(", ")} no longer what the house says; run \`make generated\``);
  process.exit(1);
}
mkdirSync(into, { recursive: true });
for (const name of changed) writeFileSync(join(into, name), files[name]);
