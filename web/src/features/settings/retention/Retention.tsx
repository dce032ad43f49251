/** How long texts and pictures of a shop are kept. */
import { Form, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { OfShop } from "../parts/OfShop";

type Retention = Schemas["Retention"];

export const Show = () => <OfShop>{(shop) => <Kept shop={shop} />}</OfShop>;

function Kept({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const params = { path: { shop } };
  const document = {
    key: ["settings", shop, "retention"],
    read: () => given(house.GET("/v1/shops/{shop}/settings/retention", { params })),
    save: (value: Retention, expected_version: number | null) =>
      given(house.PUT("/v1/shops/{shop}/settings/retention", { params, body: { value, expected_version } })),
    history: () => given(house.GET("/v1/shops/{shop}/settings/retention/history", { params })),
  };
  const fields = (told: Retention | null) => ({ text_days: told?.text_days ?? 0, media_days: told?.media_days ?? 0 });
  return (
    <DocumentForm document={document} fields={fields} wanted={(each) => each}>
      <section className="panel">
        <Form.Item name="text_days" label={t("retention.texts")} extra={t("retention.textsHint")}>
          <Days usual={365} />
        </Form.Item>
        <Form.Item name="media_days" label={t("retention.media")} extra={t("retention.mediaHint")}>
          <Days usual={90} />
        </Form.Item>
      </section>
    </DocumentForm>
  );
}

/** For ever (0), or so many days. */
function Days({
  usual,
  value = 0,
  onChange,
  id,
}: {
  usual: number;
  value?: number;
  onChange?: (days: number) => void;
  id?: string;
}) {
  const { t } = useTranslation("settings");
  return (
    <Radio.Group
      className="lined"
      value={value === 0 ? "ever" : "days"}
      onChange={({ target }) => onChange?.(target.value === "ever" ? 0 : usual)}
      options={[
        { value: "ever", label: t("retention.ever") },
        {
          value: "days",
          label: (
            <span className="bar">
              {t("retention.for")}
              <InputNumber
                id={id}
                aria-label={t("retention.days")}
                min={7}
                max={36500}
                precision={0}
                disabled={value === 0}
                value={value === 0 ? null : value}
                onChange={(days) => onChange?.(days ?? usual)}
              />
              {t("retention.days")}
            </span>
          ),
        },
      ]}
    />
  );
}
