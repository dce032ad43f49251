/** By which ways alarms reach people: a mail server, web push, robots in team chats. */
import { Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { DocumentForm } from "../parts/DocumentForm";
import { OfShop } from "../parts/OfShop";
import { Robots } from "./Robots";

export function Show() {
  const me = useMe();
  const ofHouse = me.rights.includes("house.manage") && me.account.shops.every;
  return (
    <>
      {ofHouse && <Mail />}
      {ofHouse && <Push />}
      {me.rights.includes("alarms.manage") && <OfShop>{(shop) => <Robots shop={shop} />}</OfShop>}
    </>
  );
}

const PORTS = { tls: 465, starttls: 587, plain: 25 };

function Mail() {
  const { t } = useTranslation("settings");
  const document = {
    key: ["settings", "mail"],
    read: () => given(house.GET("/v1/settings/mail")),
    save: (value: Schemas["Mail"], expected_version: number | null) =>
      given(house.PUT("/v1/settings/mail", { body: { value, expected_version } })),
    history: () => given(house.GET("/v1/settings/mail/history")),
  };
  const fields = (told: Schemas["MailShown"] | null) => ({
    host: told?.host ?? "",
    port: told?.port ?? PORTS.tls,
    privacy: told?.privacy ?? "tls",
    sender: told?.sender ?? "",
    name: told?.name ?? "",
    password: "",
  });
  return (
    <section className="panel">
      <header>
        <h2>{t("mail.title")}</h2>
        <span className="quiet small">{t("mail.hint")}</span>
      </header>
      <DocumentForm
        document={document}
        fields={fields}
        wanted={(each) => ({ ...each, name: each.name || null, password: each.password || null })}
      >
        {(form, standing) => (
          <>
            <div className="pair">
              <Form.Item name="host" label={t("mail.host")} rules={[{ required: true, message: t("mail.needHost") }]}>
                <Input placeholder="smtp.example.com" autoComplete="off" />
              </Form.Item>
              <Form.Item name="privacy" label={t("mail.privacy")}>
                <Select
                  onChange={(each: keyof typeof PORTS) => form.setFieldValue("port", PORTS[each])}
                  options={(["tls", "starttls", "plain"] as const).map((value) => ({
                    value,
                    label: t(`mail.by.${value}`),
                  }))}
                />
              </Form.Item>
              <Form.Item name="port" label={t("mail.port")} rules={[{ required: true, message: t("mail.needPort") }]}>
                <InputNumber min={1} max={65535} precision={0} />
              </Form.Item>
            </div>
            <Form.Item
              name="sender"
              label={t("mail.sender")}
              extra={t("mail.senderHint")}
              rules={[{ required: true, message: t("mail.needSender") }]}
            >
              <Input placeholder="service@example.com" autoComplete="off" />
            </Form.Item>
            <div className="pair">
              <Form.Item name="name" label={t("mail.name")} extra={t("mail.nameHint")}>
                <Input autoComplete="off" />
              </Form.Item>
              <Form.Item
                name="password"
                label={t("mail.password")}
                extra={t(standing.value?.has_password ? "mail.keptPassword" : "mail.passwordHint")}
              >
                <Input.Password autoComplete="new-password" />
              </Form.Item>
            </div>
          </>
        )}
      </DocumentForm>
    </section>
  );
}

function Push() {
  const { t } = useTranslation("settings");
  const document = {
    key: ["settings", "push"],
    read: () => given(house.GET("/v1/settings/push")),
    save: (value: Schemas["Push"], expected_version: number | null) =>
      given(house.PUT("/v1/settings/push", { body: { value, expected_version } })),
    history: () => given(house.GET("/v1/settings/push/history")),
  };
  return (
    <section className="panel">
      <header>
        <h2>{t("push.title")}</h2>
        <span className="quiet small">{t("push.hint")}</span>
      </header>
      <DocumentForm
        document={document}
        fields={(told: Schemas["PushShown"] | null) => ({ contact: told?.contact ?? "", new_key: false })}
        wanted={(each) => each}
        places={{ "push.contact": "contact" }}
      >
        {(_, standing) => (
          <>
            <Form.Item
              name="contact"
              label={t("push.contact")}
              extra={t("push.contactHint")}
              rules={[{ required: true, message: t("push.needContact") }]}
            >
              <Input placeholder="mailto:owner@example.com" />
            </Form.Item>
            {standing.value && (
              <Form.Item name="new_key" valuePropName="checked" extra={t("push.newKeyHint")}>
                <Checkbox>{t("push.newKey")}</Checkbox>
              </Form.Item>
            )}
          </>
        )}
      </DocumentForm>
    </section>
  );
}
