import type { EChartsOption } from "./echarts";
import { framed, label, token } from "./look";
import type { Cell, HeatMode, HeatPlot } from "./plots";

const LEVELS = 6;

/** Hours × weekdays with the number in each cell; upright where the page is narrow. */
export function heatOption(plot: HeatPlot, mode: HeatMode, narrow: boolean): EChartsOption {
  const most = Math.max(...plot.cells.filter((cell) => !cell.small).map((cell) => cell[mode]), 0);
  const hours = { type: "category" as const, data: plot.hours };
  const days = { type: "category" as const, data: plot.weekdays };
  return framed(
    {
      grid: { left: 40, right: 0, top: 24, bottom: 0 },
      xAxis: { ...(narrow ? days : hours), ...axis, position: "top" },
      yAxis: { ...(narrow ? hours : days), ...axis, inverse: true },
      series: [
        {
          type: "custom",
          data: plot.cells.map((cell) => (narrow ? [cell.row, cell.column] : [cell.column, cell.row])),
          renderItem: (params, api) => {
            const cell = plot.cells[params.dataIndex];
            if (!cell) return null;
            const middle = api.coord([api.value(0), api.value(1)]);
            const size = api.size?.([1, 1]);
            return drawn(cell, mode, most, middle, Array.isArray(size) ? size : [0, 0]);
          },
        },
      ],
    },
    (index) => plot.cells[index]?.tip ?? "",
  );
}

const axis = {
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: { ...label, interval: 0 },
};

function drawn(cell: Cell, mode: HeatMode, most: number, middle: number[], size: number[]) {
  const [x = 0, y = 0] = middle;
  const [width = 0, height = 0] = size;
  const level = Math.min(LEVELS, Math.max(1, Math.ceil((cell[mode] / (most || 1)) * LEVELS)));
  const fill = cell.small ? token("bg-surface") : token(`heat-${level}`);
  const edge = { stroke: token("line-strong"), lineWidth: 1, lineDash: [3, 2] };
  return {
    type: "group" as const,
    emphasisDisabled: true,
    children: [
      {
        type: "rect" as const,
        shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2, r: 3 },
        style: cell.small ? { fill, ...edge } : { fill },
      },
      {
        type: "text" as const,
        silent: true,
        style: {
          text: said(cell, mode),
          x,
          y,
          align: "center" as const,
          verticalAlign: "middle" as const,
          fill: token(cell.small ? "text-2" : `heat-ink-${level}`),
          font: `12px ${label.fontFamily}`,
        },
      },
    ],
  };
}

const said = (cell: Cell, mode: HeatMode): string =>
  String(mode === "share" ? Math.round(cell.share * 100) : cell[mode]);
