/** Logging in; the house's first owner; a first password that must be changed. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Segmented, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house, Refusal } from "../../lib/house";
import { choose, type Language } from "../../lib/language";
import { useEntering } from "./entering";
import { NewPassword } from "./NewPassword";
import "./login.css";

type Step = "login" | "code" | "change";

export function LogIn() {
  const { t, i18n } = useTranslation("login");
  const told = useQuery({ queryKey: ["house"], queryFn: () => given(house.GET("/v1/house")) });
  return (
    <main className="login">
      <div className="login-box">
        <header>
          <h1>{t("name")}</h1>
          <Segmented
            size="small"
            aria-label={t("language")}
            value={i18n.language}
            options={[
              { value: "zh", label: "中文" },
              { value: "en", label: "English" },
            ]}
            onChange={(tongue) => choose(tongue as Language)}
          />
        </header>
        {told.isPending && <Spin />}
        {told.isError && (
          <Alert
            type="error"
            title={t("noHouse")}
            action={<Button onClick={() => told.refetch()}>{t("again")}</Button>}
          />
        )}
        {told.data && (told.data.has_owner ? <Known /> : <FirstOwner />)}
      </div>
    </main>
  );
}

interface Fields {
  name: string;
  password: string;
  code?: string;
  new_password?: string;
}

function Known() {
  const { t } = useTranslation("login");
  const [step, setStep] = useState<Step>("login");
  const { problem, isBusy, run } = useEntering();
  const [form] = Form.useForm<Fields>();

  const enter = (fields: Fields) =>
    run(async () => {
      try {
        if (step === "change") await change(fields);
        else
          await given(
            house.POST("/v1/session", {
              body: { name: fields.name, password: fields.password, code: fields.code || null },
            }),
          );
      } catch (error) {
        if (error instanceof Refusal && error.has("login.second_factor_wanted")) setStep("code");
        if (error instanceof Refusal && error.has("login.password_must_change")) setStep("change");
        throw error;
      }
    });

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={enter} disabled={isBusy}>
      <Form.Item name="name" label={t("account")} rules={[{ required: true, message: t("needName") }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item
        name="password"
        label={t(step === "change" ? "oldPassword" : "password")}
        rules={[{ required: true, message: t("needPassword") }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {step === "change" && <NewPassword name="new_password" />}
      {step !== "login" && (
        <Form.Item name="code" label={t("code")} extra={step === "change" ? t("codeIfAny") : t("codeHint")}>
          <Input inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
      )}
      {problem && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t(step === "change" ? "changeAndEnter" : "enter")}
      </Button>
    </Form>
  );
}

const change = (fields: Fields) =>
  given(
    house.PUT("/v1/me/password", {
      body: {
        name: fields.name,
        old_password: fields.password,
        new_password: fields.new_password ?? "",
        code: fields.code || null,
      },
    }),
  );

function FirstOwner() {
  const { t } = useTranslation("login");
  const { problem, isBusy, run } = useEntering();
  const enter = (body: { name: string; password: string; token: string }) =>
    run(() => given(house.POST("/v1/house/owner", { body })));
  return (
    <Form layout="vertical" requiredMark={false} onFinish={enter} disabled={isBusy} initialValues={{ token: "" }}>
      <p>{t("firstOwner")}</p>
      <Form.Item
        name="token"
        label={t("token")}
        extra={t("tokenHint")}
        rules={[{ required: true, message: t("needToken") }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t("account")} rules={[{ required: true, message: t("needName") }]}>
        <Input autoComplete="username" />
      </Form.Item>
      <NewPassword name="password" />
      {problem && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t("openHouse")}
      </Button>
    </Form>
  );
}
