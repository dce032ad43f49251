/** What few shops touch: how agents are ranked, limits, shares, and what is given up. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { useWho } from "../parts/names";
import { OnOff } from "../parts/OnOff";
import { Span } from "../parts/Span";

const PREFERENCES = ["group", "skills", "language", "in_time", "spare", "share", "turn"] as const;

export function Advanced({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  return (
    <section className="panel">
      <Form.Item name={["policy", "prefer"]} label={t("routing.prefer")} extra={t("routing.preferHint")}>
        <Select
          mode="multiple"
          options={PREFERENCES.map((value) => ({ value, label: t(`routing.preference.${value}`) }))}
        />
      </Form.Item>
      <div className="pair">
        <Span
          name={["policy", "cool_down"]}
          label={t("routing.coolDown")}
          extra={t("routing.coolDownHint")}
          unit="seconds"
        />
        <Span
          name={["policy", "share_over"]}
          label={t("routing.shareOver")}
          extra={t("routing.shareOverHint")}
          unit="minutes"
        />
        <Span
          name={["policy", "lost_bound"]}
          label={t("routing.lostBound")}
          extra={t("routing.lostBoundHint")}
          unit="minutes"
        />
        <Span
          name={["policy", "lost_margin"]}
          label={t("routing.lostMargin")}
          extra={t("routing.lostMarginHint")}
          unit="minutes"
        />
        <Form.Item
          name={["policy", "backlog", "at_most"]}
          label={t("routing.backlog")}
          extra={t("routing.backlogHint")}
        >
          <InputNumber min={1} precision={0} />
        </Form.Item>
        <Span name={["policy", "backlog", "per"]} label={t("routing.backlogPer")} unit="minutes" />
      </div>
      <Windows />
      <OnOff
        name={["policy", "reserve"]}
        label={t("routing.reserve")}
        extra={t("routing.reserveHint")}
        usual={{ places: 1, from_band: 1 }}
      />
      <Form.Item noStyle dependencies={[["policy", "reserve"]]}>
        {({ getFieldValue }) =>
          getFieldValue(["policy", "reserve"]) !== null && (
            <div className="pair">
              <Form.Item name={["policy", "reserve", "places"]} label={t("routing.places")}>
                <InputNumber min={0} precision={0} />
              </Form.Item>
              <Form.Item name={["policy", "reserve", "from_band"]} label={t("routing.fromBand")}>
                <InputNumber min={0} max={9} precision={0} />
              </Form.Item>
            </div>
          )
        }
      </Form.Item>
      <Weights shop={shop} />
      <OwnPolicies />
    </section>
  );
}

function Windows() {
  const { t } = useTranslation("settings");
  return (
    <Form.Item label={t("routing.windows")} extra={t("routing.windowsHint")}>
      <Form.List name={["policy", "windows"]}>
        {(entries, { add, remove }) => (
          <div className="lined">
            {entries.map(({ key, name }) => (
              <div key={key} className="entry">
                <Form.Item name={[name, "at_most"]}>
                  <InputNumber aria-label={t("routing.windowMost")} min={1} precision={0} suffix={t("unit.chats")} />
                </Form.Item>
                <Form.Item name={[name, "per"]}>
                  <InputNumber aria-label={t("routing.windowPer")} min={1} suffix={t("unit.seconds")} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t("remove")} onClick={() => remove(name)} />
              </div>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({ at_most: 5, per: 60 })}>
                {t("routing.addWindow")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

function Weights({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const who = useWho();
  const { data } = useQuery({
    queryKey: ["colleagues", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/colleagues", { params: { path: { shop } } })),
  });
  const people = (data ?? []).map((each) => ({ value: each.account, label: who(each.account) }));
  return (
    <Form.Item label={t("routing.weights")} extra={t("routing.weightsHint")}>
      <Form.List name="weights">
        {(entries, { add, remove }) => (
          <div className="lined">
            {entries.map(({ key, name }) => (
              <div key={key} className="entry">
                <Form.Item
                  className="grow"
                  name={[name, "account"]}
                  rules={[{ required: true, message: t("routing.needPerson") }]}
                >
                  <Select
                    aria-label={t("routing.person")}
                    options={people}
                    showSearch={{ optionFilterProp: "label" }}
                  />
                </Form.Item>
                <Form.Item name={[name, "weight"]}>
                  <InputNumber aria-label={t("routing.weight")} min={0} max={100} step={0.5} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t("remove")} onClick={() => remove(name)} />
              </div>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({ account: undefined, weight: 1 })}>
                {t("routing.addWeight")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

/** Groups with a policy of their own are left as they are. */
function OwnPolicies() {
  const { t } = useTranslation("settings");
  const own = Object.keys(Form.useWatch("group_policies", { preserve: true }) ?? {});
  return own.length === 0 ? null : <p className="quiet">{t("routing.ownPolicies", { count: own.length })}</p>;
}
