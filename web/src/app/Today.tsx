/** The shop's most pressing rate of today, always in sight of whoever may read reports. */
import { useTranslation } from "react-i18next";
import { LineGauge } from "../design/LineGauge";
import { percent } from "../lib/format";
import { type PackTold, useMetricName, usePacks } from "../lib/packs";
import { useShopName } from "../lib/shops";
import type { ShopNow } from "../live/state";
import { useLive } from "../live/store";

interface Pressing {
  shop: string;
  metric: string;
  pack: string;
  figure: ShopNow["figures"][string][string];
  margin: ShopNow["margins"][string][number];
}

export function Today() {
  const { t } = useTranslation();
  const figures = useLive((each) => each.figures);
  const name = useMetricName();
  const packs = usePacks();
  const shop = useShopName();
  const worst = pressing([...figures.values()], packs);
  if (!worst) return null;
  const { figure, margin } = worst;
  return (
    <div className="today">
      <b className="ellipsis shop">{shop(worst.shop)}</b>
      <span className="ellipsis metric">{name(worst.pack, worst.metric)}</span>
      <b className="rate">{percent(figure.value)}</b>
      <LineGauge
        value={figure.value}
        worst={figure.worst}
        best={figure.best}
        lines={[{ value: margin.value, bites: true }]}
        width={150}
      />
      <span className={margin.holds === false ? "bad" : (margin.misses_left ?? 99) < 10 ? "warn" : "quiet"}>
        {margin.holds === false
          ? margin.answers_wanted == null
            ? t("lineBroken")
            : t("answersWanted", { count: margin.answers_wanted })
          : margin.misses_left == null
            ? t("lineHolds")
            : t("missesLeft", { count: margin.misses_left })}
      </span>
    </div>
  );
}

/** Of each shop its first figure that has a line, as its rules name it; of all shops the one nearest
 * to its line, broken ones before it. */
function pressing(shops: readonly ShopNow[], packs: ReadonlyMap<string, PackTold>): Pressing | null {
  const firsts = shops.flatMap((now) =>
    Object.keys(now.margins).flatMap((pack) => first(now, pack, packs.get(pack)) ?? []),
  );
  return firsts.sort((one, other) => danger(one.margin) - danger(other.margin))[0] ?? null;
}

function first(now: ShopNow, pack: string, told: PackTold | undefined): Pressing | null {
  const margins = now.margins[pack] ?? [];
  for (const { id } of told?.metrics ?? []) {
    const figure = now.figures[pack]?.[id];
    const [margin] = margins.filter((each) => each.metric === id).sort((one, other) => danger(one) - danger(other));
    if (margin && figure && figure.value !== null) return { shop: now.shop, pack, metric: id, figure, margin };
  }
  return null;
}

const danger = (margin: Pressing["margin"]): number =>
  margin.holds === false ? -1 : (margin.misses_left ?? Number.MAX_SAFE_INTEGER);
