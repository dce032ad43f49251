/** Tier 1: values. Only tier 2 (tokens.ts) reads them. */
export const gray = {
  0: "#FFFFFF",
  25: "#F7F8FA",
  50: "#F3F4F7",
  100: "#EEF0F4",
  150: "#E6E9EF",
  300: "#CDD2DB",
  450: "#7F8693",
  550: "#656C7B",
  600: "#565D6B",
  700: "#4E5564",
  900: "#181B22",
} as const;
export const ink = {
  950: "#0E1014",
  925: "#111419",
  900: "#15181E",
  850: "#1D2129",
  800: "#252A33",
  750: "#2B313C",
  700: "#3A414D",
  500: "#737B89",
  400: "#8E96A4",
  350: "#A3AAB7",
  300: "#ADB4C0",
  100: "#E9EBEF",
} as const;
export const blue = {
  50: "#EAF0FE",
  75: "#E3ECFE",
  300: "#86A8FF",
  550: "#3563DC",
  600: "#2A5BD7",
  875: "#1E2D4D",
  900: "#1B2740",
} as const;
export const heat = ["#EDF1FB", "#D3DEF8", "#AEC2F1", "#7F9DE6", "#4267C8", "#2A4FB4"] as const;
export const green = {
  50: "#E6F5EE",
  300: "#56C893",
  400: "#2FB37B",
  600: "#128F5A",
  700: "#0B7549",
  950: "#12291F",
} as const;
export const amber = {
  50: "#FEF3DD",
  300: "#F2B544",
  400: "#E0A030",
  600: "#BD7100",
  800: "#8A5300",
  950: "#2E2310",
} as const;
export const red = {
  50: "#FDECEC",
  300: "#FF8585",
  500: "#D8373E",
  550: "#D92D34",
  700: "#BE2329",
  950: "#351A1C",
} as const;
export const violet = {
  50: "#F5F1FE",
  300: "#BFA5FF",
  400: "#9B7BF0",
  500: "#7F56D9",
  700: "#6338C4",
  950: "#221B35",
} as const;
