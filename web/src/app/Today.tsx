/** The shop's most pressing rate of today, always in sight of whoever may read reports. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LineGauge } from "../design/LineGauge";
import { percent } from "../lib/format";
import { useMetricName, usePacks } from "../lib/packs";
import { useShopName } from "../lib/shops";
import { type Margin, pressing } from "../live/rates";
import { useLive } from "../live/store";

export function Today() {
  const figures = useLive((each) => each.figures);
  const packs = usePacks();
  const name = useMetricName();
  const shopName = useShopName();
  const worst = useMemo(() => pressing([...figures.values()], packs), [figures, packs]);
  const margin = worst?.margins[0];
  if (!worst || !margin || worst.figure.value === null) return null;
  const { figure } = worst;
  return (
    <div className="today">
      <b className="ellipsis shop">{shopName(worst.shop)}</b>
      <span className="ellipsis metric">{name(worst.pack, worst.metric)}</span>
      <b className="rate">{percent(figure.value)}</b>
      <span className="quiet">
        {figure.numerator} / {figure.denominator}
      </span>
      <LineGauge
        value={figure.value}
        worst={figure.worst}
        best={figure.best}
        lines={[{ value: margin.value, bites: true }]}
        width={150}
      />
      <Verdict margin={margin} />
    </div>
  );
}

function Verdict({ margin: { holds, answers_wanted: wanted, misses_left: left } }: { margin: Margin }) {
  const { t } = useTranslation();
  const broken = wanted == null ? t("lineBroken") : t("answersWanted", { count: wanted });
  const standing = left == null ? t("lineHolds") : t("missesLeft", { count: left });
  const tone = holds === false ? "bad" : (left ?? 99) < 10 ? "warn" : "quiet";
  const told = holds === false ? broken : standing;
  return (
    <span className={`verdict ellipsis ${tone}`} title={told}>
      {told}
    </span>
  );
}
