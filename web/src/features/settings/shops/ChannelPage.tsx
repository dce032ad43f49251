/** One channel: its name, how it is, and what is to be set for its kind. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { DocumentForm } from "../parts/DocumentForm";
import { useGo } from "../parts/place";
import { Failed, Nothing, Waiting } from "../parts/states";
import { GivenUp } from "./GivenUp";
import { Health } from "./Health";
import { channelsQuery } from "./shops";
import { Webchat } from "./Webchat";
import { Webhook } from "./Webhook";

type Channel = Schemas["ChannelTold"];

export function ChannelPage({ shop, channel }: { shop: string; channel: string }) {
  const { t } = useTranslation("settings");
  const rights = useMe().rights;
  const go = useGo();
  const told = useQuery(channelsQuery(shop));
  if (told.isPending) return <Waiting />;
  if (told.isError) return <Failed error={told.error} again={() => void told.refetch()} />;
  const found = told.data.find((each) => each.id === channel);
  if (!found) return <Nothing>{t("channel.unknown")}</Nothing>;
  const { kind, in_settings_file } = found;
  return (
    <>
      <div className="bar">
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => go({ shop })}>
          {t("channel.back")}
        </Button>
        <b>
          {shop} · {found.name}
        </b>
        <span className="tag">{t(`channel.kind.${kind}`, { defaultValue: kind })}</span>
      </div>
      {in_settings_file && <Alert type="info" showIcon title={t("channel.fileOnly")} />}
      <Health shop={shop} channel={channel} isSending={kind === "webhook"} />
      {rights.includes("chats.assign") && <GivenUp shop={shop} channel={channel} />}
      {kind === "webchat" && rights.includes("shops.manage") && (
        <Webchat shop={shop} channel={channel} shopName={shop} />
      )}
      {kind === "webhook" && !in_settings_file && rights.includes("webhooks.manage") && (
        <Webhook shop={shop} channel={channel} />
      )}
      {!in_settings_file && rights.includes("shops.manage") && <General shop={shop} channel={found} />}
    </>
  );
}

function General({ shop, channel }: { shop: string; channel: Channel }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const params = { path: { shop, channel: channel.id } };
  const document = {
    key: ["channel", shop, channel.id],
    read: async () => {
      const all = await given(house.GET("/v1/shops/{shop}/channels", { params: { path: { shop } } }));
      return { value: all.find((each) => each.id === channel.id) ?? channel };
    },
    save: async (body: Schemas["ChannelWanted"]) => {
      const value = await given(house.PUT("/v1/shops/{shop}/channels/{channel}", { params, body }));
      await queries.invalidateQueries({ queryKey: ["channels", shop] });
      return { value };
    },
  };
  const fields = (told: Channel | null) => ({
    name: told?.name ?? "",
    active: told?.active ?? true,
    left_alone: told?.left_alone ?? false,
  });
  return (
    <section className="panel">
      <header>
        <h2>{t("channel.general")}</h2>
      </header>
      <DocumentForm document={document} fields={fields} wanted={(each) => each} places={{ "name.": "name" }}>
        <Form.Item
          name="name"
          label={t("channel.name")}
          rules={[{ required: true, whitespace: true, max: 64, message: t("needName") }]}
        >
          <Input />
        </Form.Item>
        <div className="pair">
          <Form.Item name="active" label={t("channel.active")} extra={t("channel.activeHint")} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item
            name="left_alone"
            label={t("channel.leftAlone")}
            extra={t("channel.leftAloneHint")}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        </div>
      </DocumentForm>
    </section>
  );
}
