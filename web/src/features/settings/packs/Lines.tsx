/** The rules that a shop goes by: figures, lines with how sure we are of each, and the shop's own values. */
import { useQuery } from "@tanstack/react-query";
import { Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { percent } from "../../../lib/format";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { DocumentForm } from "../parts/DocumentForm";
import { OfShop } from "../parts/OfShop";
import { Failed, Nothing, Waiting } from "../parts/states";

type Pack = Schemas["PackTold"];
type Line = Schemas["LineTold"];
type Metric = Schemas["MetricTold"];
type Lines = Schemas["Lines"];

export const Show = () => <OfShop>{(shop) => <OfOne shop={shop} />}</OfShop>;

function OfOne({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const may = useMe().rights.includes("packs.manage");
  const params = { path: { shop } };
  const told = useQuery({
    queryKey: ["packs", shop],
    queryFn: () => given(house.GET("/v1/packs", { params: { query: { shop } } })),
  });
  if (told.isPending) return <Waiting />;
  if (told.isError) return <Failed error={told.error} again={() => void told.refetch()} />;
  if (told.data.length === 0) return <Nothing>{t("lines.noChannel")}</Nothing>;
  const packs = told.data.map((each) => <OfPack key={each.id} pack={each} may={may} />);
  if (!may) return packs;
  const document = {
    key: ["settings", shop, "lines"],
    read: () => given(house.GET("/v1/shops/{shop}/settings/lines", { params })),
    save: (value: Lines, expected_version: number | null) =>
      given(house.PUT("/v1/shops/{shop}/settings/lines", { params, body: { value, expected_version } })),
    history: () => given(house.GET("/v1/shops/{shop}/settings/lines/history", { params })),
  };
  const fields = (lines: Lines | null): { values: Record<string, number | null> } => ({ values: { ...lines?.values } });
  const wanted = ({ values }: { values: Record<string, number | null> }): Lines => ({
    values: Object.fromEntries(Object.entries(values).filter((each): each is [string, number] => each[1] != null)),
  });
  return (
    <DocumentForm document={document} fields={fields} wanted={wanted}>
      {packs}
    </DocumentForm>
  );
}

function OfPack({ pack, may }: { pack: Pack; may: boolean }) {
  const { t, i18n } = useTranslation("settings");
  const words = (each: Record<string, string> | null | undefined) => each?.[i18n.language] ?? each?.zh ?? "";
  const metricOf = (line: Line) => pack.metrics.find((each) => each.id === line.metric);
  return (
    <>
      <section className="panel">
        <header>
          <h2>{t("lines.title", { pack: words(pack.title) })}</h2>
          <span className="tag">
            {pack.id}@{pack.version}
          </span>
        </header>
        <ul className="listing">
          {pack.lines.map((each) => (
            <LineRow key={each.id} line={each} metric={metricOf(each)} words={words} may={may} />
          ))}
        </ul>
      </section>
      <section className="panel">
        <header>
          <h2>{t("lines.metrics")}</h2>
        </header>
        <ul className="listing">
          {pack.metrics.map((each) => (
            <li key={each.id}>
              <div className="what">
                <b>{words(each.name)}</b>
                <span className="quiet small">
                  {t(`lines.unit.${each.unit}`, { defaultValue: each.unit })} ·{" "}
                  {t(`lines.measure.${each.measure}`, { defaultValue: each.measure })}
                  {each.seconds != null && ` · ${t("lines.within", { count: each.seconds })}`}
                </span>
                {each.note && <span className="quiet small">{words(each.note)}</span>}
              </div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface RowProps {
  line: Line;
  metric: Metric | undefined;
  words: (each: Record<string, string>) => string;
  may: boolean;
}

function LineRow({ line, metric, words, may }: RowProps) {
  const { t } = useTranslation("settings");
  const isRate = metric?.measure === "rate";
  const told =
    line.value == null ? t("lines.open") : isRate ? percent(line.value) : t("lines.seconds", { count: line.value });
  const mark = line.confidence === "U" ? "tag warn" : line.confidence === "L" ? "tag" : "tag ok";
  return (
    <li>
      <div className="what">
        <b>
          {words(line.name)}
          <span className={mark}>{t(`lines.confidence.${line.confidence}`)}</span>
        </b>
        <span className="quiet small">
          {metric && words(metric.name)} {SIGNS[line.op] ?? line.op} {told}
          {(line.since || line.until) &&
            ` · ${t("lines.from", { since: line.since ?? "…", until: line.until ?? "…" })}`}
        </span>
      </div>
      {may && (
        <Form.Item name={["values", line.id]} className="own-line" {...(isRate && SHARE)}>
          <InputNumber
            aria-label={t("lines.own", { line: words(line.name) })}
            placeholder={t("lines.asPack")}
            min={0}
            max={isRate ? 100 : undefined}
            suffix={isRate ? "%" : t("unit.seconds")}
            style={{ width: 128 }}
          />
        </Form.Item>
      )}
    </li>
  );
}

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤" };

/** A share is shown as percent; tenths of a percent survive the way there and back. */
const SHARE = {
  getValueProps: (value: number | null | undefined) => ({
    value: value == null ? value : Math.round(value * 1e6) / 1e4,
  }),
  normalize: (value: number | null) => (value == null ? value : Math.round(value * 1e4) / 1e6),
};
