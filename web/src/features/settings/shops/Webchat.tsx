/** The chat on the merchant's own site: the two lines, the page, what it looks like and whom it lets in. */
import { ExportOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Copied } from "../../../design/Copied";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { Preview } from "./Preview";
import { fieldsOf, wantedOf } from "./webchatFields";

type Settings = Schemas["WebchatSettings"];

interface Place {
  shop: string;
  channel: string;
}
export function Webchat({ shop, channel, shopName }: Place & { shopName: string }) {
  const { t } = useTranslation("settings");
  const params = { path: { shop, channel } };
  const read = () => given(house.GET("/v1/shops/{shop}/channels/{channel}/webchat", { params }));
  const { data } = useQuery({ queryKey: ["webchat-lines", shop, channel], queryFn: read });
  const standing = ({ settings, version }: Pick<Schemas["WebchatSetting"], "settings" | "version">) => ({
    value: settings,
    version,
  });
  const document = {
    key: ["webchat", shop, channel],
    read: async () => standing(await read()),
    save: async (settings: Settings, expected_version: number | null) => {
      const body = { settings, expected_version };
      return standing(await given(house.PUT("/v1/shops/{shop}/channels/{channel}/webchat", { params, body })));
    },
  };
  return (
    <>
      <section className="panel">
        <header>
          <h2>{t("webchat.lines")}</h2>
          <span className="grow" />
          {data && (
            <Button icon={<ExportOutlined />} href={data.path} target="_blank" rel="noopener">
              {t("webchat.open")}
            </Button>
          )}
        </header>
        <p className="quiet">{t("webchat.linesHint")}</p>
        {data && <Copied text={data.lines.join("\n")} label={t("webchat.copyLines")} />}
      </section>
      <DocumentForm document={document} fields={fieldsOf} wanted={wantedOf}>
        <div className="two">
          <div className="lined">
            <Access />
            <Look shopName={shopName} />
          </div>
          <Preview shopName={shopName} />
        </div>
      </DocumentForm>
    </>
  );
}

function Access() {
  const { t } = useTranslation("settings");
  const asked = (["name", "phone", "email", "order"] as const).map((value) => ({
    value,
    label: t(`webchat.ask.${value}`),
  }));
  return (
    <section className="panel">
      <header>
        <h2>{t("webchat.access")}</h2>
      </header>
      <Form.Item name="allowed_origins" label={t("webchat.sites")} extra={t("webchat.sitesHint")}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder="https://www.example.com"
          tokenSeparators={[" ", ","]}
        />
      </Form.Item>
      <Form.Item name="required" label={t("webchat.required")} extra={t("webchat.requiredHint")}>
        <Checkbox.Group options={asked} />
      </Form.Item>
      <Form.Item
        name="offline_form"
        label={t("webchat.offline")}
        extra={t("webchat.offlineHint")}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </section>
  );
}

function Look({ shopName }: { shopName: string }) {
  const { t } = useTranslation("settings");
  return (
    <section className="panel">
      <header>
        <h2>{t("webchat.look")}</h2>
      </header>
      <Form.Item name="name" label={t("webchat.name")} extra={t("webchat.nameHint")} rules={[{ max: 40 }]}>
        <Input placeholder={shopName} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="colour" label={t("webchat.colour")} extra={t("webchat.colourHint")}>
          <Input type="color" style={{ width: 72 }} />
        </Form.Item>
        <Form.Item name="position" label={t("webchat.position")}>
          <Radio.Group
            optionType="button"
            options={(["left", "right"] as const).map((value) => ({ value, label: t(`webchat.at.${value}`) }))}
          />
        </Form.Item>
      </div>
      {(["zh", "en"] as const).map((tongue) => (
        <fieldset key={tongue} className="tongue">
          <legend>{t(`tongue.${tongue}`)}</legend>
          <Form.Item name={["greeting", tongue]} label={t("webchat.greeting")} rules={[{ max: 500 }]}>
            <Input.TextArea rows={3} />
          </Form.Item>
          <Form.Item name={["hours", tongue]} label={t("webchat.hours")} rules={[{ max: 80 }]}>
            <Input placeholder={t(`webchat.hoursExample.${tongue}`)} />
          </Form.Item>
          <Form.Item name={["questions", tongue]} label={t("webchat.questions")} extra={t("webchat.questionsHint")}>
            <Select mode="tags" open={false} suffixIcon={null} maxCount={6} />
          </Form.Item>
        </fieldset>
      ))}
    </section>
  );
}
