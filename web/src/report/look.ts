import type { EChartsOption } from "./echarts";

/** The page's tokens. As CSS variables they follow light, dark and print without a redraw. */
export const token = (name: string): string => `var(--${name})`;

export const font =
  '"Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const label = { color: token("text-3"), fontSize: 12, fontFamily: font };

export const hiddenAxis = {
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { show: false },
  splitLine: { show: false },
};

/** Nothing moves, one font, and tips are text in an element of ours: no markup, no inline style. */
export function framed(option: EChartsOption, tips: (index: number) => string): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: font },
    tooltip: {
      trigger: "item",
      confine: true,
      className: "tip-frame",
      transitionDuration: 0,
      backgroundColor: "transparent",
      borderWidth: 0,
      padding: 0,
      extraCssText: "box-shadow:none",
      formatter: (hovered) => tipElement(tips(Array.isArray(hovered) ? 0 : hovered.dataIndex)),
    },
    ...option,
  };
}

function tipElement(text: string): HTMLElement {
  const element = document.createElement("div");
  element.className = "tip";
  element.textContent = text;
  return element;
}
