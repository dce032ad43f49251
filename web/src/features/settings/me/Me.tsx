/** Oneself: the password, the second factor, and where one is logged in. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { useDeeds } from "../parts/deeds";
import { useRoleName, useShopNames } from "../parts/names";
import { Problems } from "../parts/Problems";
import { useSaving } from "../parts/problems";
import { Sessions } from "../parts/Sessions";
import { Failed, Waiting } from "../parts/states";
import { factorQuery, SecondFactor } from "./SecondFactor";

const sessionsKey = ["my-sessions"];

export function Show() {
  const { t } = useTranslation("settings");
  const { account } = useMe();
  const [roleName, shops] = [useRoleName(), useShopNames()];
  return (
    <>
      <section className="panel">
        <header>
          <h2>{account.display_name || account.name}</h2>
          <span className="quiet">
            {roleName(account.role)} · {shops(account.shops)}
          </span>
        </header>
        <p className="quiet">{t("me.nameIs", { name: account.name })}</p>
      </section>
      <Password />
      <SecondFactor />
      <MySessions />
    </>
  );
}

interface Fields {
  old_password: string;
  new_password: string;
  again: string;
  code?: string;
}

function Password() {
  const { t } = useTranslation("settings");
  const { message } = App.useApp();
  const me = useMe();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { data: factor } = useQuery(factorQuery);
  const saving = useSaving(form, { "password.": "new_password", "login.": "old_password" });
  const change = async ({ old_password, new_password, code }: Fields) => {
    const body = { name: me.account.name, old_password, new_password, code: code || null };
    const isDone = await saving.run(async () => void (await given(house.PUT("/v1/me/password", { body }))));
    if (!isDone) return;
    form.resetFields();
    void message.success(t("me.passwordChanged"));
    await queries.invalidateQueries({ queryKey: sessionsKey });
  };
  const isSame = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: (_: unknown, value: string) =>
      value === getFieldValue("new_password") ? Promise.resolve() : Promise.reject(new Error(t("me.notSame"))),
  });
  return (
    <section className="panel">
      <header>
        <h2>{t("me.password")}</h2>
        <span className="quiet small">{t("me.passwordHint")}</span>
      </header>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void change(fields)}
        disabled={saving.isBusy}
      >
        <Problems of={saving.problems} />
        <input type="text" autoComplete="username" value={me.account.name} readOnly hidden />
        <div className="pair">
          <Form.Item name="old_password" label={t("me.old")} rules={[{ required: true, message: t("me.needOld") }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {factor?.in_use && (
            <Form.Item name="code" label={t("me.code")} rules={[{ required: true, message: t("me.needCode") }]}>
              <Input inputMode="numeric" autoComplete="one-time-code" />
            </Form.Item>
          )}
          <Form.Item
            name="new_password"
            label={t("me.new")}
            rules={[{ required: true, min: 10, max: 128, message: t("accounts.passwordRule") }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="again" label={t("me.again")} dependencies={["new_password"]} rules={[isSame]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        <Button htmlType="submit" type="primary" loading={saving.isBusy}>
          {t("me.changePassword")}
        </Button>
      </Form>
    </section>
  );
}

function MySessions() {
  const { t } = useTranslation("settings");
  const { run, problem } = useDeeds(sessionsKey);
  const told = useQuery({ queryKey: sessionsKey, queryFn: () => given(house.GET("/v1/me/sessions")) });
  const end = (session_id: string) =>
    run(() => given(house.DELETE("/v1/me/sessions/{session_id}", { params: { path: { session_id } } })));
  const endOthers = () => run(() => given(house.DELETE("/v1/me/sessions")));
  return (
    <section className="panel">
      <header>
        <h2>{t("me.sessions")}</h2>
        <span className="grow" />
        {(told.data?.length ?? 0) > 1 && <Button onClick={() => void endOthers()}>{t("me.endOthers")}</Button>}
      </header>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {problem && <p className="bad">{problem}</p>}
      {told.data && <Sessions sessions={told.data} end={(id) => void end(id)} />}
    </section>
  );
}
