/** What a page shows while it loads, where it could not, and where there is nothing yet. */
import { Alert, Button, Spin } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../../lib/house";

export const Waiting = () => <Spin className="settings-wait" />;

export function Failed({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useTranslation("settings");
  const sentence = error instanceof Refusal && error.message ? error.message : t("offline");
  return <Alert type="error" showIcon title={sentence} action={<Button onClick={again}>{t("again")}</Button>} />;
}

export const Nothing = ({ children }: { children: ReactNode }) => <p className="nothing">{children}</p>;
