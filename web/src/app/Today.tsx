/** The shop's most pressing rate of today, always in sight of whoever may read reports. */
import { useTranslation } from "react-i18next";
import { LineGauge } from "../design/LineGauge";
import { percent } from "../lib/format";
import { useMetricName } from "../lib/packs";
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
  const worst = pressing([...figures.values()]);
  if (!worst) return null;
  const { figure, margin } = worst;
  return (
    <div className="today">
      <b className="ellipsis shop">{worst.shop}</b>
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

/** The rate nearest to its line, of all shops: broken ones first. */
function pressing(shops: ShopNow[]): Pressing | null {
  const all = shops.flatMap((now) =>
    Object.entries(now.margins).flatMap(([pack, margins]) =>
      margins.flatMap((margin) => {
        const figure = now.figures[pack]?.[margin.metric];
        return figure && figure.value !== null ? [{ shop: now.shop, pack, metric: margin.metric, figure, margin }] : [];
      }),
    ),
  );
  const danger = ({ margin }: Pressing) =>
    margin.holds === false ? -1 : (margin.misses_left ?? Number.MAX_SAFE_INTEGER);
  return all.sort((one, other) => danger(one) - danger(other))[0] ?? null;
}
