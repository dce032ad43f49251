/** All shops by danger: the one to look at first on top. */
import { Link } from "@tanstack/react-router";
import { Spin } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LineGauge } from "../../design/LineGauge";
import { useSecond } from "../../lib/clock";
import { percent } from "../../lib/format";
import { type Packs, useMetricName, usePacks } from "../../lib/packs";
import type { ShopTold } from "../../lib/shops";
import { type Rate, rankOf, ratesOf } from "../../live/rates";
import type { ShopNow } from "../../live/state";
import { usePresence } from "./Agents";
import { isHere } from "./agents";
import { useShopsNow } from "./now";
import { useVerdict, useWait } from "./words";

interface Line {
  shop: ShopTold;
  now: ShopNow;
  rate: Rate | undefined;
}

const rank = ({ rate }: Line, packs: Packs): number => (rate ? rankOf(rate, packs) : Number.MAX_SAFE_INTEGER);

export function Overview({ shops }: { shops: readonly ShopTold[] }) {
  const { t } = useTranslation("wall");
  const packs = usePacks();
  const { nows, isPending, error } = useShopsNow(shops.map((each) => each.id));
  const lines = useMemo(
    () =>
      nows
        .flatMap((now): Line[] => {
          const shop = shops.find((each) => each.id === now.shop);
          return shop ? [{ shop, now, rate: ratesOf(now, packs)[0] }] : [];
        })
        .sort(
          (one, other) => rank(one, packs) - rank(other, packs) || (other.now.waiting ?? 0) - (one.now.waiting ?? 0),
        ),
    [nows, shops, packs],
  );
  return (
    <div className="overview">
      <h1>{t("allShops")}</h1>
      <p className="quiet">{t("byDanger")}</p>
      {error && <p className="bad">{error.message || t("noHouse")}</p>}
      {isPending && lines.length === 0 ? (
        <div className="page-middle">
          <Spin />
        </div>
      ) : (
        <table>
          <caption className="only-heard">{t("allShops")}</caption>
          <thead>
            <tr>
              {["shop", "nearest", "line", "waiting", "unassigned", "late", "longest", "here"].map((each) => (
                <th key={each} scope="col" className={each === "shop" || each === "nearest" ? "" : "number"}>
                  {t(each)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((each) => (
              <ShopLine key={each.shop.id} {...each} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function ShopLine({ shop, now, rate }: Line) {
  const { t } = useTranslation("wall");
  const name = useMetricName();
  const presence = usePresence();
  return (
    <tr>
      <th scope="row">
        <Link to="/wall" search={{ shop: shop.id }}>
          {shop.name}
        </Link>
      </th>
      <td>{rate ? <Nearest rate={rate} name={name(rate.pack, rate.metric)} /> : t("noChannels")}</td>
      <td className="number">
        {rate?.margins[0] ? <Verdict rate={rate} /> : <span className="quiet">{rate ? t("noLine") : "–"}</span>}
      </td>
      <Count name={t("waiting")} value={now.waiting ?? 0} />
      <Count name={t("unassigned")} value={now.in_line ?? 0} tone="warn" />
      <Count name={t("late")} value={now.lost ?? 0} tone="lost" />
      <td className="number" data-name={t("longest")}>
        {now.waiting_since ? <Age since={now.waiting_since} /> : "–"}
      </td>
      <Count name={t("here")} value={now.agents.filter((each) => isHere(presence(each))).length} />
    </tr>
  );
}

function Nearest({ rate, name }: { rate: Rate; name: string }) {
  const { figure } = rate;
  return (
    <div className="nearest">
      <span className="ellipsis">{name}</span>
      <b>{percent(figure.value)}</b>
      <span className="quiet">
        {figure.numerator} / {figure.denominator}
      </span>
      <LineGauge
        value={figure.value}
        worst={figure.worst}
        best={figure.best}
        lines={rate.margins.map((each) => ({ value: each.value, bites: true, name: each.line }))}
        width={160}
      />
    </div>
  );
}

function Verdict({ rate }: { rate: Rate }) {
  const verdict = useVerdict();
  const [margin] = rate.margins;
  if (!margin) return null;
  const { tone, sentence } = verdict(margin, rate.figure, rate.told?.unit ?? "person");
  return <span className={tone}>{sentence}</span>;
}

function Count({ name, value, tone = "" }: { name: string; value: number; tone?: string }) {
  return (
    <td className={`number ${value > 0 ? tone : "quiet"}`} data-name={name}>
      {value}
    </td>
  );
}

function Age({ since }: { since: string }) {
  const now = useSecond();
  const wait = useWait();
  return <>{wait(since, now)}</>;
}
