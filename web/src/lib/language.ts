/** Texts in the reader's language: Chinese first, English complete; one file for each room. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "zh" | "en";
const KEPT = "miaohui.language";
const files = import.meta.glob<Record<string, unknown>>("../texts/*/*.json", { eager: true, import: "default" });

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const found: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [tongue, room] = path.replace(".json", "").split("/").slice(-2) as [string, string];
    found[tongue] = { ...found[tongue], [room]: texts };
  }
  return found;
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
