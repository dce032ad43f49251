/** Ant Design as our tokens say, one map per theme. */
import { type ThemeConfig, theme } from "antd";
import { type Mode, tokens } from "./tokens";

const FONT = '"Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export function antTheme(mode: Mode, still: boolean): ThemeConfig {
  const t = tokens[mode];
  return {
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: FONT,
      fontSize: 14,
      lineHeight: 1.571,
      controlHeight: 32,
      borderRadius: 6,
      wireframe: false,
      motion: !still,
      motionDurationMid: ".14s",
      colorPrimary: t["accent-solid"],
      colorLink: t.accent,
      colorSuccess: t["ok-mark"],
      colorWarning: t["warn-mark"],
      colorError: t["bad-mark"],
      colorErrorText: t.bad,
      colorBgBase: t["bg-surface"],
      colorBgContainer: t["bg-surface"],
      colorBgElevated: t["bg-raised"],
      colorBgLayout: t["bg-page"],
      colorText: t["text-1"],
      colorTextSecondary: t["text-2"],
      colorTextTertiary: t["text-3"],
      colorTextDescription: t["text-3"],
      colorTextPlaceholder: t["text-3"],
      colorBorder: t["line-strong"],
      colorBorderSecondary: t.line,
      colorSplit: t.line,
      boxShadowSecondary: t.shadow,
    },
    components: {
      Table: { cellPaddingBlockSM: 10, headerBg: "transparent", headerSplitColor: "transparent" },
      Tabs: { horizontalItemGutter: 16, itemSelectedColor: t.accent, itemHoverColor: t.accent, inkBarColor: t.accent },
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Segmented: { itemSelectedBg: t["bg-raised"], trackBg: t["bg-key"] },
    },
  };
}
