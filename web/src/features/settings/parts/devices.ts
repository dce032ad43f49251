/** A browser's own long name, as people call it. */
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/Linux/, "Linux"],
];
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/, "微信"],
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];

const found = (known: readonly [RegExp, string][], text: string) => known.find(([sign]) => sign.test(text))?.[1];

export const deviceOf = (agent: string): string =>
  [found(BROWSERS, agent), found(SYSTEMS, agent)].filter(Boolean).join(" · ") || agent.slice(0, 40);
