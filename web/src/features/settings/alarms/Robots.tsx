/** Robots in team chats that are told of a shop's alarms; their addresses are never shown again. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { TryOut } from "../parts/TryOut";

type Told = Schemas["RobotsShown"];
interface Fields {
  robots: { name: string; webhook: string; secret: string; product: string; kept: string }[];
}

const fieldsOf = (told: Told | null): Fields => ({
  robots: (told?.robots ?? []).map(({ name, product, host, has_secret }) => ({
    name,
    product,
    webhook: "",
    secret: "",
    kept: `${host}${has_secret ? " · ●●●●" : ""}`,
  })),
});

/** What is left empty stays as it is kept under its name; the product is told by the address. */
const wantedOf = ({ robots }: Fields): Schemas["Robots"] => ({
  robots: robots.map(({ name, webhook, secret, product }) => ({
    name: name.trim(),
    webhook: webhook || null,
    secret: secret || null,
    product: (product || null) as Schemas["Robot"]["product"],
  })),
});

export function Robots({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const params = { path: { shop } };
  const document = {
    key: ["settings", shop, "robots"],
    read: () => given(house.GET("/v1/shops/{shop}/settings/robots", { params })),
    save: (value: Schemas["Robots"], expected_version: number | null) =>
      given(house.PUT("/v1/shops/{shop}/settings/robots", { params, body: { value, expected_version } })),
    history: () => given(house.GET("/v1/shops/{shop}/settings/robots/history", { params })),
  };
  return (
    <section className="panel">
      <header>
        <h2>{t("robots.title")}</h2>
        <span className="quiet small">{t("robots.hint")}</span>
      </header>
      <DocumentForm document={document} fields={fieldsOf} wanted={wantedOf}>
        <Form.List name="robots">
          {(entries, { add, remove }) => (
            <div className="lined">
              {entries.length === 0 && <span className="quiet">{t("robots.none")}</span>}
              {entries.map(({ key, name }) => (
                <Robot key={key} shop={shop} place={name} remove={() => remove(name)} />
              ))}
              <div>
                <Button
                  icon={<PlusOutlined />}
                  onClick={() => add({ name: "", webhook: "", secret: "", product: "", kept: "" })}
                >
                  {t("robots.add")}
                </Button>
              </div>
            </div>
          )}
        </Form.List>
      </DocumentForm>
    </section>
  );
}

function Robot({ shop, place, remove }: { shop: string; place: number; remove: () => void }) {
  const { t } = useTranslation("settings");
  const form = Form.useFormInstance();
  const kept = form.getFieldValue(["robots", place, "kept"]) as string;
  const robot = form.getFieldValue(["robots", place, "name"]) as string;
  const products = ["", "wecom", "dingtalk", "feishu"].map((value) => ({
    value,
    label: t(`robots.product.${value || "byAddress"}`),
  }));
  return (
    <fieldset className="tongue">
      <legend>{t("robots.one", { number: place + 1 })}</legend>
      <div className="pair">
        <Form.Item
          name={[place, "name"]}
          label={t("robots.name")}
          rules={[{ required: true, whitespace: true, message: t("needName") }]}
        >
          <Input autoComplete="off" placeholder={t("robots.example")} disabled={kept !== ""} />
        </Form.Item>
        <Form.Item name={[place, "product"]} label={t("robots.which")}>
          <Select options={products} />
        </Form.Item>
        <Form.Item
          name={[place, "webhook"]}
          label={t("robots.webhook")}
          extra={kept ? t("robots.kept", { kept }) : t("robots.webhookHint")}
          rules={kept ? [] : [{ required: true, message: t("robots.needWebhook") }]}
        >
          <Input.Password autoComplete="off" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name={[place, "secret"]} label={t("robots.secret")} extra={t("robots.secretHint")}>
          <Input.Password autoComplete="off" visibilityToggle={false} />
        </Form.Item>
      </div>
      <div className="bar">
        <Button icon={<DeleteOutlined />} onClick={remove}>
          {t("robots.remove")}
        </Button>
        {kept && (
          <TryOut
            ask={() =>
              given(house.POST("/v1/shops/{shop}/robots/{robot}/trials", { params: { path: { shop, robot } } }))
            }
          />
        )}
      </div>
    </fieldset>
  );
}
