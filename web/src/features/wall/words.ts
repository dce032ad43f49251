/** Figures in words: no rate without what it was made of. */
import { useTranslation } from "react-i18next";
import { clock } from "../../design/ring";
import { percent } from "../../lib/format";
import type { MetricTold } from "../../lib/packs";
import type { Figure, Margin } from "../../live/rates";

const DIVISORS: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, count: 1 };

/** A value and its unit apart: `63.1` and `%`, `2.10` and `minutes`. */
export function parts(value: number | null, told: MetricTold | undefined): [string, string] {
  if (value === null) return ["–", ""];
  const unit = told?.shown_in ?? "percent";
  if (unit === "percent") return [percent(value).replace("%", ""), "%"];
  return [(value / (DIVISORS[unit] ?? 1)).toFixed(told?.decimals ?? 1), unit === "count" ? "" : unit];
}

export type Tone = "ok" | "warn" | "bad" | "quiet";

const FEW_MISSES = 10;

/** What the nearest line says to whoever answers now. */
export function useVerdict(): (margin: Margin, figure: Figure, unit: string) => { tone: Tone; sentence: string } {
  const { t } = useTranslation("wall");
  return (margin, figure, unit) => {
    const of = (key: string, count: number) => t(key, { count, unit: t(`unit.${unit}`, { count }) });
    if (figure.value === null) return { tone: "quiet", sentence: t("nobodyYet") };
    if (margin.holds === false)
      return {
        tone: "bad",
        sentence: margin.answers_wanted == null ? t("brokenForToday") : of("answersWanted", margin.answers_wanted),
      };
    if (margin.misses_left === 0)
      return { tone: "warn", sentence: t("noneMayBeMissed", { unit: t(`unit.${unit}`, { count: 1 }) }) };
    if (margin.misses_left == null) return { tone: "ok", sentence: t("holds") };
    const tone = margin.misses_left < FEW_MISSES ? "warn" : "ok";
    return { tone, sentence: of("missesLeft", margin.misses_left) };
  };
}

/** A wait: minutes and seconds, from an hour on hours and minutes. */
export function useWait(): (since: string, now: number) => string {
  const { t } = useTranslation("wall");
  return (since, now) => {
    const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? clock(seconds) : t("windowLeft", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  };
}
