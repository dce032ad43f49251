/** How a shop's chats find whoever answers them: the most used choices first, the rest folded away. */
import { Button, Collapse, Form, InputNumber, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { OfShop } from "../parts/OfShop";
import { OnOff } from "../parts/OnOff";
import { Span } from "../parts/Span";
import { Advanced } from "./Advanced";
import { fieldsOf, POLICIES, ready, wantedOf } from "./fields";
import { Rules } from "./Rules";

type Settings = Schemas["RoutingSettings"];

export const Show = () => <OfShop>{(shop) => <Routing shop={shop} />}</OfShop>;

function Routing({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const params = { path: { shop } };
  const document = {
    key: ["settings", shop, "routing"],
    read: () => given(house.GET("/v1/shops/{shop}/settings/routing", { params })),
    save: (value: Settings, expected_version: number | null) =>
      given(house.PUT("/v1/shops/{shop}/settings/routing", { params, body: { value, expected_version } })),
    history: () => given(house.GET("/v1/shops/{shop}/settings/routing/history", { params })),
  };
  return (
    <DocumentForm document={document} fields={fieldsOf} wanted={wantedOf}>
      <Choosing />
      <TakingOver />
      <Collapse
        ghost
        items={[
          { key: "rules", forceRender: true, label: t("routing.rules"), children: <Rules shop={shop} /> },
          { key: "more", forceRender: true, label: t("routing.more"), children: <Advanced shop={shop} /> },
        ]}
      />
    </DocumentForm>
  );
}

function Choosing() {
  const { t } = useTranslation("settings");
  const form = Form.useFormInstance();
  const fits = (["required", "preferred", "ignored"] as const).map((value) => ({
    value,
    label: t(`routing.fit.${value}`),
  }));
  const take = (name: (typeof POLICIES)[number]) => {
    form.setFieldValue("policy", ready(name));
    form.setFields([{ name: ["policy", "order"], touched: true }]);
  };
  return (
    <section className="panel">
      <header>
        <h2>{t("routing.choosing")}</h2>
      </header>
      <div className="bar variables-top">
        <span className="quiet">{t("routing.ready")}</span>
        {POLICIES.map((each) => (
          <Button key={each} size="small" title={t(`routing.policyHint.${each}`)} onClick={() => take(each)}>
            {t(`routing.policy.${each}`)}
          </Button>
        ))}
      </div>
      <Form.Item name={["policy", "order"]} label={t("routing.order")}>
        <Radio.Group
          className="lined"
          options={(["deadline_aware", "longest_waiting"] as const).map((value) => ({
            value,
            label: t(`routing.orders.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={["policy", "waiting_at_most"]} label={t("routing.waiting")} extra={t("routing.waitingHint")}>
        <AtMost label={t("routing.waiting")} />
      </Form.Item>
      <Sticky />
      <div className="pair">
        <Form.Item name={["policy", "skills"]} label={t("routing.skills")}>
          <Select options={fits} />
        </Form.Item>
        <Form.Item name={["policy", "language"]} label={t("routing.language")}>
          <Select options={fits} />
        </Form.Item>
      </div>
    </section>
  );
}

/** A number, or any number (null). */
function AtMost({
  value,
  onChange,
  id,
  label,
}: {
  value?: number | null;
  onChange?: (value: number | null) => void;
  id?: string;
  label: string;
}) {
  const { t } = useTranslation("settings");
  return (
    <span className="bar">
      <Switch
        aria-label={t("isOn", { name: label })}
        checked={value !== null}
        onChange={(isOn) => onChange?.(isOn ? 0 : null)}
      />
      {value === null ? (
        t("routing.noLimit")
      ) : (
        <InputNumber
          id={id}
          aria-label={label}
          min={0}
          precision={0}
          value={value}
          onChange={(each) => onChange?.(each ?? 0)}
        />
      )}
    </span>
  );
}

function Sticky() {
  const { t } = useTranslation("settings");
  return (
    <>
      <OnOff
        name={["policy", "sticky"]}
        label={t("routing.sticky")}
        extra={t("routing.stickyHint")}
        usual={{ within: 259_200, wait_at_most: 0 }}
      />
      <Form.Item noStyle dependencies={[["policy", "sticky"]]}>
        {({ getFieldValue }) =>
          getFieldValue(["policy", "sticky"]) !== null && (
            <div className="pair">
              <Span name={["policy", "sticky", "within"]} label={t("routing.within")} unit="days" />
              <Span
                name={["policy", "sticky", "wait_at_most"]}
                label={t("routing.stickyWait")}
                extra={t("routing.stickyWaitHint")}
                unit="seconds"
              />
            </div>
          )
        }
      </Form.Item>
    </>
  );
}

function TakingOver() {
  const { t } = useTranslation("settings");
  return (
    <section className="panel">
      <header>
        <h2>{t("routing.takingOver")}</h2>
      </header>
      <div className="pair">
        <Span
          name={["policy", "unanswered_after"]}
          label={t("routing.unanswered")}
          extra={t("routing.unansweredHint")}
          unit="minutes"
          usual={600}
        />
        <Span
          name={["policy", "idle_after"]}
          label={t("routing.idle")}
          extra={t("routing.idleHint")}
          unit="minutes"
          usual={300}
        />
        <Span
          name={["policy", "leaving_before"]}
          label={t("routing.leaving")}
          extra={t("routing.leavingHint")}
          unit="minutes"
        />
      </div>
      <OnOff
        name={["policy", "overflow"]}
        label={t("routing.overflow")}
        extra={t("routing.overflowHint")}
        usual={{ after: 60, when_full: true, to: null }}
      />
      <Form.Item noStyle dependencies={[["policy", "overflow"]]}>
        {({ getFieldValue }) => getFieldValue(["policy", "overflow"]) !== null && <Overflow />}
      </Form.Item>
    </section>
  );
}

function Overflow() {
  const { t } = useTranslation("settings");
  return (
    <div className="pair">
      <Span name={["policy", "overflow", "after"]} label={t("routing.overflowAfter")} unit="seconds" usual={60} />
      <Form.Item name={["policy", "overflow", "when_full"]} label={t("routing.whenFull")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </div>
  );
}
