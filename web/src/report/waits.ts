import type { CustomSeriesRenderItemReturn } from "echarts";
import type { EChartsOption } from "./echarts";
import { font, framed, hiddenAxis, label, token } from "./look";
import type { Bar, WaitsPlot } from "./plots";

const GAP = 18; // pixels between equal bins, unequal bins and the divider
const WIDE = 38; // pixels of an unequal bin: room for its name
const SLIM = 30; // the same where the page is narrow, and its name loses the dash
const NARROW = 400;
const MARGIN = 4;

interface Place {
  bar: Bar;
  from: number;
  until: number;
  kind: "equal" | "unequal" | "never";
}

/** Equal bins to the line, the longer unequal ones apart, never answered behind a divider. */
export function waitsOption(plot: WaitsPlot, width: number): EChartsOption {
  const slim = width < NARROW;
  const places = placed(plot, width - 2 * MARGIN, slim ? SLIM : WIDE);
  const most = Math.max(...places.map((place) => place.bar.rounds), 1);
  const end = places.at(-1)?.until ?? 1;
  return framed(
    {
      grid: { left: MARGIN, right: MARGIN, top: 40, bottom: 26 },
      xAxis: { type: "value", min: 0, max: end, ...hiddenAxis },
      yAxis: {
        type: "value",
        min: 0,
        max: most * 1.02,
        ...hiddenAxis,
        splitNumber: 3,
        splitLine: { show: true, lineStyle: { color: token("grid") } },
      },
      series: [
        {
          type: "custom",
          clip: false,
          data: places.map((place) => [place.from, place.until, place.bar.rounds]),
          encode: { x: [0, 1], y: 2 },
          renderItem: (params, api) => {
            const place = places[params.dataIndex];
            if (!place) return null;
            const [left = 0, top = 0] = api.coord([place.from, place.bar.rounds]);
            const [right = 0, floor = 0] = api.coord([place.until, 0]);
            return drawn(place, left, right, top, floor, every(right - left), slim);
          },
        },
        theLine(plot),
      ],
    },
    (index) => places[index]?.bar.tip ?? "",
  );
}

function placed(plot: WaitsPlot, width: number, wide: number): Place[] {
  const step = Math.max(1, (width - (plot.unequal.length + 1) * wide - 2 * GAP) / (plot.equal.length || 1));
  const places: Place[] = plot.equal.map((bar, n) => ({ bar, from: n, until: n + 1, kind: "equal" }));
  let at = plot.equal.length + (plot.equal.length ? GAP / step : 0);
  for (const bar of plot.unequal) {
    places.push({ bar, from: at, until: at + wide / step, kind: "unequal" });
    at += wide / step;
  }
  at += GAP / step;
  places.push({ bar: plot.never, from: at, until: at + wide / step, kind: "never" });
  return places;
}

/** How many equal bins share one label of their right edge. */
const every = (width: number): number => (width > 32 ? 1 : width > 16 ? 2 : width > 8 ? 4 : 6);

function drawn(
  place: Place,
  left: number,
  right: number,
  top: number,
  floor: number,
  step: number,
  slim: boolean,
): CustomSeriesRenderItemReturn {
  const inset = place.kind === "equal" ? 1 : 3;
  const shape = { x: left + inset, y: top, width: right - left - 2 * inset, height: floor - top, r: [2, 2, 0, 0] };
  const never = place.kind === "never";
  const children: CustomSeriesRenderItemReturn[] = [
    { type: "rect", shape, style: barStyle(place) },
    named(place, left, right, floor, step, slim),
  ];
  if (never) children.push(counted(place, left, right, top), divider(left, floor));
  return { type: "group", emphasisDisabled: true, children: children.filter((child) => child !== null && child !== undefined) } as CustomSeriesRenderItemReturn;
}

function barStyle(place: Place) {
  if (place.kind === "never")
    return { fill: token("bg-surface"), stroke: token("lost-mark"), lineWidth: 1.5, lineDash: [4, 3] };
  return { fill: token(place.bar.late ? "lost-mark" : "accent") };
}

function named(place: Place, left: number, right: number, floor: number, step: number, slim: boolean) {
  const bin = Math.round(place.until);
  if (place.kind === "equal" && bin % step !== 0) return null;
  const x = place.kind === "equal" ? right : (left + right) / 2;
  const name = slim ? place.bar.until.replace(/^–/, "") : place.bar.until;
  return text(name, x, floor + 8, token(place.kind === "never" ? "text-2" : "text-3"), "top");
}

const counted = (place: Place, left: number, right: number, top: number) =>
  text(place.bar.rounds.toLocaleString("en"), (left + right) / 2, top - 4, token("text-1"), "bottom", 600);

const divider = (left: number, floor: number) => ({
  type: "line" as const,
  silent: true,
  shape: { x1: left - GAP / 2, y1: 24, x2: left - GAP / 2, y2: floor + 22 },
  style: { stroke: token("line-strong"), lineWidth: 1 },
});

function text(content: string, x: number, y: number, fill: string, verticalAlign: "top" | "bottom", weight = 400) {
  return {
    type: "text" as const,
    silent: true,
    style: { text: content, x, y, fill, align: "center" as const, verticalAlign, font: `${weight} 12px ${font}` },
  };
}

function theLine(plot: WaitsPlot) {
  return {
    type: "line" as const,
    data: [],
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: token("text-1"), width: 1.5, type: "solid" as const },
      label: { ...label, color: token("text-1"), formatter: plot.line_name, position: "end" as const, align: "right" as const },
      data: plot.line_at === null ? [] : [{ xAxis: plot.line_at }],
    },
  };
}
