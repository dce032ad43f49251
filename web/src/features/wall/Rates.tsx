/** The rate in most danger, large, and the others beside it. */
import { CheckOutlined, WarningOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LineGauge } from "../../design/LineGauge";
import { percent } from "../../lib/format";
import { isUnconfirmed, lineOf, useMetricName, usePacks, useWords } from "../../lib/packs";
import type { Rate } from "../../live/rates";
import { Gauge } from "./Gauge";
import { behind } from "./links";
import { parts, useVerdict } from "./words";

export function Hero({ rate }: { rate: Rate }) {
  const { t } = useTranslation("wall");
  const name = useMetricName();
  const { figure } = rate;
  const [number, unit] = parts(figure.value, rate.told);
  return (
    <Link {...behind(rate)} className="panel hero">
      <div className="spread">
        <h2>
          {name(rate.pack, rate.metric)} · {t("today")}
        </h2>
        <Made rate={rate} />
      </div>
      <div className="hero-line">
        <span className="huge">
          {number}
          <small>{unit}</small>
        </span>
        <div>
          <Verdict rate={rate} />
          {figure.pending > 0 && figure.worst != null && figure.best != null && (
            <p>
              {t("openOnes", {
                unit: t(`unit.${rate.told?.unit ?? "person"}`, { count: figure.pending }),
                count: figure.pending,
                worst: percent(figure.worst),
                best: percent(figure.best),
              })}
            </p>
          )}
        </div>
      </div>
      <Gauge rate={rate} />
    </Link>
  );
}

/** What a figure was made of. */
function Made({ rate }: { rate: Rate }) {
  const { t } = useTranslation("wall");
  const { figure, told } = rate;
  const unit = t(`unit.${told?.unit ?? "person"}`, { count: figure.denominator });
  if (told && told.measure !== "rate")
    return (
      <span className="made">
        {t("over", { count: figure.denominator, unit })}
        {(figure.unanswered ?? 0) > 0 && <> · {t("leftOut", { count: figure.unanswered ?? 0, unit })}</>}
      </span>
    );
  return (
    <span className="made">
      {figure.numerator} / {figure.denominator} {unit}
      {figure.pending > 0 && <> · {t("stillWaiting", { count: figure.pending })}</>}
    </span>
  );
}

function Verdict({ rate }: { rate: Rate }) {
  const { t } = useTranslation("wall");
  const verdict = useVerdict();
  const packs = usePacks();
  const words = useWords();
  const [margin] = rate.margins;
  if (!margin) return <p>{t(rate.told && rate.told.measure !== "rate" ? "noLineForWaits" : "noLine")}</p>;
  const line = lineOf(packs, rate.pack, margin.line);
  const { tone, sentence } = verdict(margin, rate.figure, rate.told?.unit ?? "person");
  return (
    <p className={`verdict ${tone}`} title={words(line?.name, margin.line)}>
      {tone === "ok" ? <CheckOutlined aria-hidden="true" /> : <WarningOutlined aria-hidden="true" />} {sentence}
      {isUnconfirmed(line) && <i className="tag">{t("unconfirmed")}</i>}
    </p>
  );
}

export function Others({ rates }: { rates: readonly Rate[] }) {
  return (
    <div className="others">
      {rates.map((rate) => (
        <Other key={`${rate.pack} ${rate.metric}`} rate={rate} />
      ))}
    </div>
  );
}

function Other({ rate }: { rate: Rate }) {
  const { t } = useTranslation("wall");
  const name = useMetricName();
  const [number, unit] = parts(rate.figure.value, rate.told);
  const [margin] = rate.margins;
  return (
    <Link {...behind(rate)} className="panel other">
      <h2 className="ellipsis">{name(rate.pack, rate.metric)}</h2>
      <div className="spread">
        <span className="big">
          {number}
          <small>{unit === "%" || unit === "" ? unit : t(`in.${unit}`)}</small>
        </span>
        <Made rate={rate} />
      </div>
      {margin && (
        <>
          <LineGauge
            value={rate.figure.value}
            worst={rate.figure.worst}
            best={rate.figure.best}
            lines={rate.margins.map((each) => ({ value: each.value, bites: true, name: each.line }))}
          />
          <Verdict rate={rate} />
        </>
      )}
    </Link>
  );
}
