/** Light or dark: what the reader chose, or else what the system says. */
import { create } from "zustand";
import { type Mode, properties } from "./tokens";

export type Choice = Mode | "system";
const KEPT = "miaohui.mode";
const dark = matchMedia("(prefers-color-scheme: dark)");
export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const kept = (): Choice => {
  const word = localStorage.getItem(KEPT);
  return word === "light" || word === "dark" ? word : "system";
};

const meant = (choice: Choice): Mode => (choice === "system" ? (dark.matches ? "dark" : "light") : choice);

export const useMode = create<{ choice: Choice; mode: Mode }>(() => ({ choice: kept(), mode: meant(kept()) }));

export function chooseMode(choice: Choice): void {
  localStorage.setItem(KEPT, choice);
  useMode.setState({ choice, mode: meant(choice) });
}

function paint(mode: Mode): void {
  const root = document.documentElement;
  for (const [name, value] of properties(mode)) root.style.setProperty(name, value);
  root.style.colorScheme = mode;
  root.dataset.mode = mode;
}

dark.addEventListener("change", () => useMode.setState(({ choice }) => ({ mode: meant(choice) })));
useMode.subscribe(({ mode }) => paint(mode));
paint(useMode.getState().mode);
