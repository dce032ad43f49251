/** Spans of time as the house writes them (ISO 8601), in seconds here. */
const WRITTEN = /^P(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;
const SECONDS = [604_800, 86_400, 3_600, 60, 1];

/** Null where it is no span. */
export function seconds(written: string): number | null {
  const parts = WRITTEN.exec(written)?.slice(1);
  return parts ? parts.reduce((sum, part, at) => sum + Number(part ?? 0) * (SECONDS[at] as number), 0) : null;
}

export const written = (span: number): string => `PT${span}S`;
