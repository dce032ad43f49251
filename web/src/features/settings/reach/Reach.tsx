/** Where alarms reach oneself while no page is in sight: this browser, other ones, mailboxes. */
import { MailOutlined, NotificationOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { useDeeds } from "../parts/deeds";
import { deviceOf } from "../parts/devices";
import { Problems } from "../parts/Problems";
import { useSaving } from "../parts/problems";
import { Failed, Nothing, Waiting } from "../parts/states";
import { TryOut } from "../parts/TryOut";
import { hindrance, subscribe } from "./push";

const key = ["my-addresses"];

export function Show() {
  const { t } = useTranslation("settings");
  const told = useQuery({ queryKey: key, queryFn: () => given(house.GET("/v1/me/addresses")) });
  return (
    <>
      <section className="panel">
        <header>
          <h2>{t("reach.known")}</h2>
        </header>
        {told.isPending && <Waiting />}
        {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
        {told.data?.length === 0 && <Nothing>{t("reach.none")}</Nothing>}
        <ul className="listing">
          {told.data?.map((each) => (
            <Row key={each.id} address={each} />
          ))}
        </ul>
      </section>
      <ThisBrowser />
      <Mailbox />
    </>
  );
}

function Row({ address }: { address: Schemas["AddressTold"] }) {
  const { t } = useTranslation("settings");
  const { run, problem } = useDeeds(key);
  const params = { path: { address_id: address.id } };
  return (
    <li>
      <div className="what">
        <b>
          {address.label || address.shown}
          <span className="tag">{t(`alarms.way.${address.way}`)}</span>
        </b>
        <span className="quiet small">{address.shown}</span>
        {problem && <span className="bad">{problem}</span>}
      </div>
      <TryOut ask={() => given(house.POST("/v1/me/addresses/{address_id}/trials", { params }))} />
      <Popconfirm
        title={t("reach.removeAsk")}
        onConfirm={() => void run(() => given(house.DELETE("/v1/me/addresses/{address_id}", { params })))}
      >
        <Button>{t("remove")}</Button>
      </Popconfirm>
    </li>
  );
}

function ThisBrowser() {
  const { t } = useTranslation("settings");
  const { run, problem } = useDeeds(key);
  const [isDenied, setDenied] = useState(false);
  const { data: push } = useQuery({ queryKey: ["push-key"], queryFn: () => given(house.GET("/v1/settings/push")) });
  const stands = hindrance();
  const add = () =>
    run(async () => {
      const subscription = await subscribe(push?.value?.public_key ?? "");
      setDenied(subscription === null);
      const body = { subscription, label: deviceOf(navigator.userAgent) };
      if (subscription) await given(house.POST("/v1/me/addresses", { body }));
    }, true);
  const why = stands ? t(`reach.hindrance.${stands}`) : push && !push.value ? t("reach.noKey") : "";
  return (
    <section className="panel">
      <header>
        <h2>{t("reach.browser")}</h2>
      </header>
      <p className="quiet">{why || t("reach.browserHint")}</p>
      {(problem || isDenied) && <p className="bad">{problem || t("app:bellDenied")}</p>}
      <Button icon={<NotificationOutlined />} disabled={!push?.value || stands !== null} onClick={() => void add()}>
        {t("reach.addBrowser")}
      </Button>
    </section>
  );
}

function Mailbox() {
  const { t } = useTranslation("settings");
  const [form] = Form.useForm<{ mailbox: string; label: string }>();
  const { run } = useDeeds(key);
  const saving = useSaving(form, { "email.": "mailbox", "reachable.": "mailbox" });
  const add = async (body: { mailbox: string; label?: string }) => {
    const isDone = await saving.run(async () => void (await given(house.POST("/v1/me/addresses", { body }))));
    if (!isDone) return;
    form.resetFields();
    await run(async () => {});
  };
  return (
    <section className="panel">
      <header>
        <h2>{t("reach.mailbox")}</h2>
      </header>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={saving.isBusy}
        onFinish={(each) => void add(each)}
      >
        <Problems of={saving.problems} />
        <div className="pair">
          <Form.Item
            name="mailbox"
            label={t("reach.address")}
            rules={[{ required: true, message: t("reach.needMailbox") }]}
          >
            <Input inputMode="email" autoComplete="email" placeholder="owner@example.com" />
          </Form.Item>
          <Form.Item name="label" label={t("reach.label")} rules={[{ max: 100 }]}>
            <Input autoComplete="off" />
          </Form.Item>
        </div>
        <Button icon={<MailOutlined />} htmlType="submit">
          {t("reach.addMailbox")}
        </Button>
      </Form>
    </section>
  );
}
