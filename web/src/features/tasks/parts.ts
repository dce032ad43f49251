/** The parts of the queue, as the address says them. */
export type Part = "all" | "mine" | "nobodys" | "complaints" | "sales" | "promises";
export const PARTS: readonly Part[] = ["all", "mine", "nobodys", "complaints", "sales", "promises"];
