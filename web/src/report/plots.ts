/** What src/miaohui/adapters/reports/plots.py embeds for one shop. */

export interface DayPoint {
  label: string;
  value: number | null;
  worst: number | null;
  best: number | null;
  broken: boolean;
  small: boolean;
  tip: string;
}

export interface DaysPlot {
  points: DayPoint[];
  lines: { value: number; name: string; dashed: boolean }[];
  unit: string;
  limit: number | null;
}

export interface Cell {
  column: number;
  row: number;
  share: number;
  missed: number;
  chats: number;
  small: boolean;
  tip: string;
}

export interface HeatPlot {
  hours: string[];
  weekdays: string[];
  cells: Cell[];
}

export type HeatMode = "share" | "missed" | "chats";

export interface Bar {
  rounds: number;
  until: string;
  late: boolean;
  tip: string;
}

export interface WaitsPlot {
  equal: Bar[];
  unequal: Bar[];
  never: Bar;
  line_at: number | null;
  line_name: string;
}

export interface Plots {
  days: DaysPlot | null;
  heat: HeatPlot | null;
  waits: WaitsPlot | null;
}
