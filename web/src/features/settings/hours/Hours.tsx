/** When a shop's people answer: the week, breaks, holidays, and single days with hours of their own. */
import { AutoComplete, Form } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { OfShop } from "../parts/OfShop";
import { zones } from "../parts/zones";
import { Breaks, Holidays, Overrides } from "./Dates";
import { Week } from "./Week";
import { daysOf, type Hours, weeklyOf } from "./week";

type Opening = Schemas["OpeningHours"];

interface Fields {
  timezone: string;
  days: Record<string, Hours[]>;
  breaks: Schemas["Period"][];
  holidays: { day: string; until: string; isWhole: boolean; closed: Hours[] }[];
  overrides: { day: string; hours: Hours[] }[];
}

const fieldsOf = (told: Opening | null): Fields => ({
  timezone: told?.timezone ?? "Asia/Shanghai",
  days: daysOf(told?.weekly ?? []),
  breaks: (told?.breaks ?? []).map((each) => ({ ...each, days: each.days ?? [1, 2, 3, 4, 5, 6, 7] })),
  holidays: (told?.holidays ?? []).map(({ day, until, closed = [] }) => ({
    day,
    until: until ?? "",
    isWhole: closed.length === 0,
    closed,
  })),
  overrides: (told?.overrides ?? []).map(({ day, hours = [] }) => ({ day, hours })),
});

const wantedOf = (fields: Fields): Opening => ({
  timezone: fields.timezone.trim(),
  weekly: weeklyOf(fields.days),
  breaks: fields.breaks,
  holidays: fields.holidays.map(({ day, until, isWhole, closed }) => ({
    day,
    until: until || null,
    closed: isWhole ? [] : closed,
  })),
  overrides: fields.overrides,
});

export const Show = () => <OfShop>{(shop) => <OfOne shop={shop} />}</OfShop>;

function OfOne({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const params = { path: { shop } };
  const document = {
    key: ["settings", shop, "hours"],
    read: () => given(house.GET("/v1/shops/{shop}/settings/hours", { params })),
    save: (value: Opening, expected_version: number | null) =>
      given(house.PUT("/v1/shops/{shop}/settings/hours", { params, body: { value, expected_version } })),
    history: () => given(house.GET("/v1/shops/{shop}/settings/hours/history", { params })),
  };
  return (
    <DocumentForm document={document} fields={fieldsOf} wanted={wantedOf}>
      <section className="panel">
        <header>
          <h2>{t("hours.week")}</h2>
          <span className="quiet small">{t("hours.weekHint")}</span>
        </header>
        <Week />
      </section>
      <Breaks />
      <Holidays />
      <Overrides />
      <section className="panel">
        <Form.Item name="timezone" label={t("timezone")} rules={[{ required: true, message: t("needTimezone") }]}>
          <AutoComplete options={zones()} showSearch={{ filterOption: true }} />
        </Form.Item>
      </section>
    </DocumentForm>
  );
}
