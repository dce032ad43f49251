/** Who came in each hour of today, and the hour's rate where it was below the line. */
import { TableOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { minuteOfDay, percent } from "../../lib/format";
import type { Rate } from "../../live/rates";
import { type Bar, barsOf } from "./hours";
import { behind } from "./links";
import type { ShopHours } from "./now";

export function Hours({ rate, hours, at }: { rate: Rate; hours: ShopHours | undefined; at: number }) {
  const { t } = useTranslation("wall");
  const [isTable, setIsTable] = useState(false);
  const day = hours?.days[rate.pack];
  const told = day?.rates[rate.metric];
  const line = rate.margins[0]?.value ?? null;
  const current = day ? Math.floor(minuteOfDay(at, day.zone) / 60) : 24;
  const bars = told ? barsOf(told, line, current) : [];
  const unit = t(`unit.${rate.told?.unit ?? "person"}`, { count: 2 });
  return (
    <section className="panel hours" aria-label={t("byHour", { unit })}>
      <div className="spread">
        <h2>{t("byHour", { unit })}</h2>
        <span className="made">
          {line !== null && t("below", { line: percent(line) })}
          <Button
            type="text"
            size="small"
            icon={<TableOutlined />}
            aria-pressed={isTable}
            aria-label={t("asTable")}
            title={t("asTable")}
            onClick={() => setIsTable(!isTable)}
          />
        </span>
      </div>
      {bars.length === 0 ? (
        <p className="quiet nothing">{t("nobodyYet")}</p>
      ) : isTable ? (
        <Table bars={bars} />
      ) : (
        <Bars bars={bars} rate={rate} current={current} />
      )}
    </section>
  );
}

function useHourWords(): (bar: Bar) => string {
  const { t } = useTranslation("wall");
  return (bar) =>
    t(bar.rate === null ? "hourNone" : "hour", {
      from: bar.hour,
      until: bar.hour + 1,
      asked: bar.asked,
      hits: bar.hits,
      decided: bar.decided,
      rate: percent(bar.rate),
      pending: bar.pending,
    });
}

function Bars({ bars, rate, current }: { bars: Bar[]; rate: Rate; current: number }) {
  const told = useHourWords();
  const most = Math.max(...bars.map((each) => each.asked), 1);
  return (
    <ol className="bars">
      {bars.map((each) => (
        <li key={each.hour} className={each.isBelow ? "below" : ""}>
          <Link {...behind(rate, each.hour)} title={told(each)} aria-label={told(each)} className="column">
            {each.isBelow && <b>{Math.floor((each.rate ?? 0) * 100)}%</b>}
            {!each.isBelow && each.asked > 0 && <span className="asked">{each.asked}</span>}
            <span
              className={`bar ${each.hour === current ? "running" : ""}`}
              style={{ height: `${(each.asked / most) * 70}%` }}
            />
          </Link>
          <span className="hour" aria-hidden="true">
            {each.hour}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Table({ bars }: { bars: Bar[] }) {
  const { t } = useTranslation("wall");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and by keyboard, too
    <section className="hours-table" tabIndex={0} aria-label={t("asTable")}>
      <table>
        <thead>
          <tr>
            <th>{t("hourHead")}</th>
            <th>{t("askedHead")}</th>
            <th>{t("inTimeHead")}</th>
            <th>{t("rateHead")}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((each) => (
            <tr key={each.hour}>
              <td>
                {each.hour}–{each.hour + 1}
              </td>
              <td>{each.asked}</td>
              <td>
                {each.hits} / {each.decided}
              </td>
              <td>{percent(each.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
