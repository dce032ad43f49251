/** Who is told of what, how long before or after the line, and in which ways. */
import { Form, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { OfShop } from "../parts/OfShop";
import { OnOff } from "../parts/OnOff";
import { Span } from "../parts/Span";
import { TimeInput } from "../parts/TimeInput";
import { fieldsOf, KINDS, PATIENT, QUIET, WAYS, wantedOf } from "./fields";
import { Ladder } from "./Ladder";

type Settings = Schemas["AlarmSettings"];

export const Show = () => <OfShop>{(shop) => <OfOne shop={shop} />}</OfShop>;

function OfOne({ shop }: { shop: string }) {
  const params = { path: { shop } };
  const document = {
    key: ["settings", shop, "alarms"],
    read: () => given(house.GET("/v1/shops/{shop}/settings/alarms", { params })),
    save: (value: Settings, expected_version: number | null) =>
      given(house.PUT("/v1/shops/{shop}/settings/alarms", { params, body: { value, expected_version } })),
    history: () => given(house.GET("/v1/shops/{shop}/settings/alarms/history", { params })),
  };
  return (
    <DocumentForm document={document} fields={fieldsOf} wanted={wantedOf}>
      {KINDS.map((kind) => (
        <Ladder key={kind} kind={kind} />
      ))}
      <Quiet />
      <Repeats />
      <Patience />
    </DocumentForm>
  );
}

function Quiet() {
  const { t } = useTranslation("settings");
  return (
    <section className="panel">
      <header>
        <h2>{t("alarms.quiet")}</h2>
      </header>
      <OnOff name={["quiet_hours"]} label={t("alarms.quietOn")} extra={t("alarms.quietHint")} usual={QUIET} />
      <Form.Item noStyle dependencies={["quiet_hours"]}>
        {({ getFieldValue }) => getFieldValue("quiet_hours") !== null && <QuietFields />}
      </Form.Item>
    </section>
  );
}

function QuietFields() {
  const { t } = useTranslation("settings");
  return (
    <div className="pair">
      <Form.Item name={["quiet_hours", "from"]} label={t("alarms.quietFrom")}>
        <TimeInput />
      </Form.Item>
      <Form.Item name={["quiet_hours", "until"]} label={t("alarms.quietUntil")}>
        <TimeInput />
      </Form.Item>
      <Form.Item name={["quiet_hours", "kinds"]} label={t("alarms.quietKinds")}>
        <Select mode="multiple" options={KINDS.map((value) => ({ value, label: t(`alarms.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name={["quiet_hours", "ways"]} label={t("alarms.quietWays")}>
        <Select mode="multiple" options={WAYS.map((value) => ({ value, label: t(`alarms.way.${value}`) }))} />
      </Form.Item>
    </div>
  );
}

function Repeats() {
  const { t } = useTranslation("settings");
  const usual = { agent: 60, lead: 60, owner: 600 };
  return (
    <section className="panel">
      <header>
        <h2>{t("alarms.repeats")}</h2>
        <span className="quiet small">{t("alarms.repeatsHint")}</span>
      </header>
      <div className="pair">
        {(["agent", "lead", "owner"] as const).map((level) => (
          <Span
            key={level}
            name={["repeats", level]}
            label={t(`alarms.level.${level}`)}
            unit="seconds"
            usual={usual[level]}
            min={1}
          />
        ))}
      </div>
    </section>
  );
}

function Patience() {
  const { t } = useTranslation("settings");
  return (
    <section className="panel">
      <header>
        <h2>{t("alarms.patience")}</h2>
      </header>
      <div className="pair">
        {PATIENT.map((kind) => (
          <Span
            key={kind}
            name={["patience", kind]}
            label={t(`alarms.kind.${kind}`)}
            unit={kind === "channel_silent" ? "minutes" : "seconds"}
          />
        ))}
        <Form.Item name="misses_left_below" label={t("alarms.missesLeft")} extra={t("alarms.missesLeftHint")}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
        <Span
          name={["coalesce_seconds"]}
          label={t("alarms.coalesce")}
          extra={t("alarms.coalesceHint")}
          unit="seconds"
        />
      </div>
    </section>
  );
}
