import type { CustomSeriesOption } from "echarts";
import { token } from "./look";
import type { DayPoint } from "./plots";

/** Worst to best of the days that still have open samples. */
export function whiskers(points: DayPoint[]): CustomSeriesOption {
  const open = points.flatMap((point, index) =>
    point.worst === null || point.best === null ? [] : [[index, point.worst, point.best]],
  );
  return {
    type: "custom",
    silent: true,
    z: 1,
    data: open,
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const [x = 0, bottom = 0] = api.coord([api.value(0), api.value(1)]);
      const [, top = 0] = api.coord([api.value(0), api.value(2)]);
      const style = { stroke: token("text-2"), lineWidth: 1.5 };
      const stroke = (x1: number, y1: number, x2: number, y2: number) => ({
        type: "line" as const,
        shape: { x1, y1, x2, y2 },
        style,
      });
      const caps = [top, bottom].map((y) => stroke(x - 4, y, x + 4, y));
      return { type: "group", children: [stroke(x, top, x, bottom), ...caps] };
    },
  };
}
