/** Where buyers come from: the two lines for the shop's own site, or a program by webhook. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Copied } from "../../design/Copied";
import { given, house, type Schemas } from "../../lib/house";
import { useAsking } from "./asking";
import { channelsQuery, type StepProps } from "./progress";

interface Fields {
  kind: "webchat" | "webhook";
  site?: string;
}

export function ChannelStep({ shop, next, below }: StepProps) {
  const { t } = useTranslation("start");
  const { data: channels } = useQuery(channelsQuery(shop));
  const [secret, setSecret] = useState("");
  const made = channels?.[0];
  return (
    <div className="start-form">
      {made ? <Ready shop={shop} channel={made} secret={secret} /> : <Add shop={shop} tell={setSecret} />}
      <div className="start-below">
        {below}
        {made && (
          <Button type="primary" onClick={next}>
            {t("finish")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Add({ shop, tell }: { shop: string; tell: (secret: string) => void }) {
  const { t } = useTranslation("start");
  const queries = useQueryClient();
  const { problem, isBusy, run } = useAsking();
  const [kind, setKind] = useState<Fields["kind"]>("webchat");
  const add = (fields: Fields) =>
    run(async () => {
      const name = t(`channel.called.${fields.kind}`);
      const body = { id: name, kind: fields.kind, name };
      await given(house.POST("/v1/shops/{shop}/channels", { params: { path: { shop } }, body }));
      const params = { path: { shop, channel: name } };
      if (fields.kind === "webhook") {
        const kept = await given(house.POST("/v1/shops/{shop}/channels/{channel}/webhook/secrets", { params }));
        tell(kept.secret);
      } else if (fields.site) {
        const settings = { allowed_origins: [new URL(fields.site).origin] };
        await given(house.PUT("/v1/shops/{shop}/channels/{channel}/webchat", { params, body: { settings } }));
      }
      await queries.invalidateQueries({ queryKey: channelsQuery(shop).queryKey });
    });
  const isAddress = (_: unknown, value?: string) =>
    !value || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))
      ? Promise.resolve()
      : Promise.reject(new Error(t("channel.needSite")));
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      disabled={isBusy}
      initialValues={{ kind: "webchat", site: "" }}
      onFinish={(fields: Fields) => void add(fields)}
    >
      <Form.Item name="kind" label={t("channel.from")}>
        <Radio.Group
          className="start-choices"
          onChange={({ target }) => setKind(target.value as Fields["kind"])}
          options={(["webchat", "webhook"] as const).map((value) => ({
            value,
            label: (
              <>
                {t(`channel.kind.${value}`)} <span className="quiet small">{t(`channel.kindAbout.${value}`)}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      {kind === "webchat" && (
        <Form.Item
          name="site"
          label={t("channel.site")}
          extra={t("channel.siteHint")}
          rules={[{ validator: isAddress }]}
        >
          <Input inputMode="url" placeholder="https://www.example.com" autoComplete="url" />
        </Form.Item>
      )}
      {problem && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t("channel.add")}
      </Button>
    </Form>
  );
}

function Ready({ shop, channel, secret }: { shop: string; channel: Schemas["ChannelTold"]; secret: string }) {
  const { t } = useTranslation("start");
  const params = { path: { shop, channel: channel.id } };
  const webchat = useQuery({
    queryKey: ["webchat-lines", shop, channel.id],
    queryFn: () => given(house.GET("/v1/shops/{shop}/channels/{channel}/webchat", { params })),
    enabled: channel.kind === "webchat",
  });
  const webhook = useQuery({
    queryKey: ["start-webhook", shop, channel.id],
    queryFn: () => given(house.GET("/v1/shops/{shop}/channels/{channel}/webhook", { params })),
    enabled: channel.kind === "webhook" && !channel.in_settings_file,
  });
  return (
    <>
      <p className="ok">{t("channel.ready", { name: channel.name })}</p>
      {webchat.data && (
        <>
          <p>{t("channel.lines")}</p>
          <Copied text={webchat.data.lines.join("\n")} />
          <a href={webchat.data.path} target="_blank" rel="noopener">
            {t("channel.tryIt")}
          </a>
        </>
      )}
      {webhook.data && (
        <>
          <p>{t("channel.door")}</p>
          <Copied text={location.origin + webhook.data.path} />
        </>
      )}
      {secret && (
        <>
          <p>{t("channel.secret")}</p>
          <Copied text={secret} />
        </>
      )}
    </>
  );
}
