/** Tier 2: what colours mean, in either theme. Components, styles and plots read only these. */
import { amber, blue, gray, green, heat, ink, red, violet } from "./values";

const light = {
  "bg-page": gray[50], "bg-surface": gray[0], "bg-raised": gray[0], "bg-sunken": gray[25],
  "bg-hover": gray[100], "bg-key": gray[100], line: gray[150], "line-strong": gray[300], track: gray[150], grid: gray[100],
  "text-1": gray[900], "text-2": gray[700], "text-3": gray[550],
  accent: blue[600], "accent-solid": blue[600], "bg-selected": blue[50], "bubble-mine": blue[75],
  ok: green[700], "ok-mark": green[600], "ok-bg": green[50],
  warn: amber[800], "warn-mark": amber[600], "warn-bg": amber[50],
  bad: red[700], "bad-mark": red[550], "bad-bg": red[50],
  lost: gray[600], "lost-mark": gray[450], "lost-bg": gray[100],
  bot: violet[700], "bot-mark": violet[500], "bot-bg": violet[50],
  "on-solid": gray[0],
  band: "#2A5BD729",
  "heat-1": heat[0], "heat-2": heat[1], "heat-3": heat[2], "heat-4": heat[3], "heat-5": heat[4], "heat-6": heat[5],
  shadow: "0 8px 28px rgba(20,26,40,.14), 0 1px 4px rgba(20,26,40,.08)",
};

export type Token = keyof typeof light;

const dark: Record<Token, string> = {
  "bg-page": ink[950], "bg-surface": ink[900], "bg-raised": ink[850], "bg-sunken": ink[925],
  "bg-hover": ink[850], "bg-key": ink[750], line: ink[800], "line-strong": ink[700], track: ink[800], grid: ink[800],
  "text-1": ink[100], "text-2": ink[300], "text-3": ink[400],
  accent: blue[300], "accent-solid": blue[550], "bg-selected": blue[900], "bubble-mine": blue[875],
  ok: green[300], "ok-mark": green[400], "ok-bg": green[950],
  warn: amber[300], "warn-mark": amber[400], "warn-bg": amber[950],
  bad: red[300], "bad-mark": red[500], "bad-bg": red[950],
  lost: ink[350], "lost-mark": ink[500], "lost-bg": ink[800],
  bot: violet[300], "bot-mark": violet[400], "bot-bg": violet[950],
  "on-solid": gray[0],
  band: "#86A8FF33",
  "heat-1": heat[5], "heat-2": heat[4], "heat-3": heat[3], "heat-4": heat[2], "heat-5": heat[1], "heat-6": heat[0],
  shadow: "0 8px 28px rgba(0,0,0,.5), 0 0 0 1px #2C323D",
};

export type Mode = "light" | "dark";
export const tokens: Record<Mode, Record<Token, string>> = { light, dark };

/** The custom properties of a theme, to be set on the root. */
export const properties = (mode: Mode): [string, string][] =>
  Object.entries(tokens[mode]).map(([name, value]) => [`--${name}`, value]);
