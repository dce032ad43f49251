import type { EChartsOption } from "./echarts";
import { framed, label, token } from "./look";
import type { DayPoint, DaysPlot } from "./plots";
import { whiskers } from "./whiskers";

/** The headline per day against its lines: grey while it holds, red diamonds where it breaks. */
export function daysOption(plot: DaysPlot): EChartsOption {
  const [low, high] = reach(plot);
  return framed(
    {
      grid: { left: 44, right: 16, top: 24, bottom: 24 },
      xAxis: {
        type: "category",
        data: plot.points.map((point) => point.label),
        axisLine: { lineStyle: { color: token("line-strong") } },
        axisTick: { show: false },
        axisLabel: { ...label, hideOverlap: true },
      },
      yAxis: {
        type: "value",
        min: low,
        max: high,
        splitNumber: 3,
        axisLabel: { ...label, formatter: `{value}${plot.unit}` },
        splitLine: { lineStyle: { color: token("grid") } },
      },
      series: [
        {
          type: "line",
          data: plot.points.map(marked),
          showAllSymbol: true,
          lineStyle: { color: token("lost-mark"), width: 2 },
          emphasis: { disabled: true },
          markLine: { silent: true, z: 1, symbol: "none", data: plot.lines.map(acrossLine) },
        },
        whiskers(plot.points),
      ],
    },
    (index) => plot.points[index]?.tip ?? "",
  );
}

function reach(plot: DaysPlot): [number, number] {
  const values = plot.points.flatMap((point) => [point.value, point.worst, point.best]);
  const known = values.filter((value): value is number => value !== null);
  const all = [...known, ...plot.lines.map((line) => line.value)];
  const step = plot.limit === null ? Math.max(...all, 1) / 5 : 10;
  const low = Math.max(0, Math.floor((Math.min(...all, plot.limit ?? Infinity) - step / 4) / step) * step);
  const high = Math.ceil((Math.max(...all, 0) + step / 4) / step) * step;
  return [low, Math.min(high, plot.limit ?? Infinity)];
}

function marked(point: DayPoint) {
  const colour = token(point.broken ? "bad-mark" : "text-2");
  return {
    value: point.value ?? "-",
    symbol: point.broken ? "diamond" : "circle",
    symbolSize: point.broken ? 9 : 6,
    itemStyle: point.small
      ? { color: token("bg-surface"), borderColor: colour, borderWidth: 1.5 }
      : { color: colour },
  };
}

function acrossLine(line: DaysPlot["lines"][number]) {
  return {
    yAxis: line.value,
    lineStyle: { color: token("text-1"), width: 1.5, type: line.dashed ? ("dashed" as const) : ("solid" as const) },
    label: {
      ...label,
      formatter: line.name.replaceAll("{", "("),
      position: "insideEndTop" as const,
      color: token("text-2"),
      backgroundColor: token("bg-surface"),
      padding: [1, 4],
    },
  };
}
