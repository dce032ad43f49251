/** What every screen shows while it loads, when it broke, and where there is none. */
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";

export const Loading = () => (
  <div className="page-middle">
    <Spin />
  </div>
);

export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <div className="page-middle" role="alert">
      <div>
        <p>{t("broken")}</p>
        <p className="quiet small">{error instanceof Error ? error.message : String(error)}</p>
        <Button
          onClick={() => {
            reset();
            location.reload();
          }}
        >
          {t("again")}
        </Button>
      </div>
    </div>
  );
}

export function NotHere() {
  const { t } = useTranslation();
  return (
    <div className="page-middle">
      <div>
        <p>{t("notHere")}</p>
        <Link to="/">{t("toDesk")}</Link>
      </div>
    </div>
  );
}
