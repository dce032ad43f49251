/** Texts in the reader's language: Chinese first, English complete; one file for each room. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "zh" | "en";
const KEPT = "miaohui.language";
type Texts = Record<string, unknown>;
// Rooms that few open bring their texts along: `textsOf`.
const files = import.meta.glob<Texts>(["../texts/*/*.json", "!../texts/*/{settings,start,wall,tasks,history}.json"], {
  eager: true,
  import: "default",
});
const later = import.meta.glob<Texts>("../texts/*/{settings,start,wall,tasks,history}.json", { import: "default" });
const placeOf = (path: string) => path.replace(".json", "").split("/").slice(-2) as [string, string];

function resources(): Record<string, Record<string, Texts>> {
  const found: Record<string, Record<string, Texts>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [tongue, room] = placeOf(path);
    found[tongue] = { ...found[tongue], [room]: texts };
  }
  return found;
}

/** Load the texts of a room in both languages. */
export async function textsOf(wanted: string): Promise<void> {
  const load = async (path: string, read: () => Promise<Texts>) => {
    const [tongue, room] = placeOf(path);
    if (room === wanted && !i18next.hasResourceBundle(tongue, room))
      i18next.addResourceBundle(tongue, room, await read());
  };
  await Promise.all(Object.entries(later).map(([path, read]) => load(path, read)));
}

/** What was chosen here, or else what the browser speaks. */
export function language(): Language {
  const kept = globalThis.localStorage?.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function choose(tongue: Language): void {
  localStorage.setItem(KEPT, tongue);
  document.documentElement.lang = tongue === "zh" ? "zh-CN" : "en";
  void i18next.changeLanguage(tongue);
}

void i18next.use(initReactI18next).init({
  lng: language(),
  resources: resources(),
  defaultNS: "app",
  interpolation: { escapeValue: false },
  returnNull: false,
});
document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
