/** What is asked for beside words, each to be taken away. */
import { useTranslation } from "react-i18next";
import { usePacks, useWords } from "../../lib/packs";
import { useShopName } from "../../lib/shops";
import { useLive } from "../../live/store";
import type { SetFilters } from "./filled";
import { NOBODY } from "./search";

export function Chips({ search, set }: SetFilters) {
  const { t } = useTranslation("history");
  const people = useLive((each) => each.people);
  const shopName = useShopName();
  const metricName = useAnyMetricName();
  const told: Record<string, (value: string) => string> = {
    status: (value) => t(`status.${value}`),
    account: (value) => (value === NOBODY ? t("nobody") : (people.get(value)?.name ?? value)),
    group: (value) => (value === NOBODY ? t("noGroup") : value),
    shop: shopName,
    metric: metricName,
    verdict: (value) => t(`verdict.${value}`),
    hour: (value) => t("hour", { from: Number(value), until: Number(value) + 1 }),
    kind: (value) => t(`desk:kind.${value}`, { defaultValue: t(`kind.${value}`, { defaultValue: value }) }),
  };
  const chips = Object.entries(search).flatMap(([name, value]) => {
    if (name === "words") return [];
    const values = (Array.isArray(value) ? value : [value]).map(String);
    return values.map((each) => ({
      key: `${name} ${each}`,
      word: `${t(`filter.${name}`)}: ${told[name]?.(each) ?? each}`,
      drop: () => set({ [name]: Array.isArray(value) ? value.filter((one) => one !== each) : undefined }),
    }));
  });
  return chips.map(({ key, word, drop }) => (
    <span key={key} className="tag chip">
      {word}
      <button type="button" aria-label={t("drop", { word })} onClick={drop}>
        ×
      </button>
    </span>
  ));
}

/** A figure's name by its id, in whatever pack. */
function useAnyMetricName(): (id: string) => string {
  const packs = usePacks();
  const words = useWords();
  return (id) => {
    const found = [...packs.values()].flatMap((each) => each.metrics).find((each) => each.id === id);
    return words(found?.name, id);
  };
}
