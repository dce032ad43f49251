/** Joining by a link: what it offers, and a name and password of one's own. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { given, house } from "../../lib/house";
import { useEntering } from "./entering";
import { NewPassword } from "./NewPassword";
import "./login.css";

// The token stands behind the #: it reaches no server's log. It leaves the address at once.
const token = location.pathname === "/join" ? location.hash.slice(1) : "";

interface Fields {
  name: string;
  display_name?: string;
  password: string;
}

export function Join() {
  const { t } = useTranslation("login");
  const offer = useQuery({
    queryKey: ["offer"],
    queryFn: () => given(house.POST("/v1/invitations/offer", { body: { token } })),
    retry: false,
  });
  return (
    <main className="login">
      <div className="login-box">
        <header>
          <h1>{t("join")}</h1>
        </header>
        {offer.isPending && <Spin />}
        {offer.isError && <Alert type="error" showIcon title={offer.error.message || t("noHouse")} />}
        {offer.data && (
          <>
            <p className="offer">
              {t("joinAs", { role: t(`role.${offer.data.role.id}`, { defaultValue: offer.data.role.name }) })}
            </p>
            <Joining />
          </>
        )}
      </div>
    </main>
  );
}

function Joining() {
  const { t } = useTranslation("login");
  const { problem, isBusy, run } = useEntering();
  const enter = (fields: Fields) =>
    run(() => given(house.POST("/v1/invitations/acceptance", { body: { token, ...fields } })));
  return (
    <Form layout="vertical" requiredMark={false} onFinish={enter} disabled={isBusy}>
      <Form.Item
        name="name"
        label={t("account")}
        extra={t("accountHint")}
        rules={[{ required: true, whitespace: true, message: t("needName") }]}
      >
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="display_name" label={t("displayName")} extra={t("displayHint")}>
        <Input autoComplete="nickname" />
      </Form.Item>
      <NewPassword name="password" />
      {problem && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t("joinNow")}
      </Button>
    </Form>
  );
}
