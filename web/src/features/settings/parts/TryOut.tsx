/** A test notice, and what the other side answered. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../../lib/house";

interface Told {
  outcome: string;
  reason?: string | null;
}

export function TryOut({ ask }: { ask: () => Promise<Told> }) {
  const { t } = useTranslation("settings");
  const [told, setTold] = useState<{ text: string; mark: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      const { outcome, reason } = await ask();
      const because = reason ? t("health.because", { reason }) : "";
      setTold({ text: t(`health.trial.${outcome}`) + because, mark: outcome === "taken" ? "ok" : "bad" });
    } catch (error) {
      setTold({ text: error instanceof Refusal ? error.message : t("offline"), mark: "bad" });
    }
    setBusy(false);
  };
  return (
    <span className="bar">
      <span role="status" className={told?.mark}>
        {told?.text}
      </span>
      <Button onClick={() => void send()} loading={isBusy}>
        {t("health.try")}
      </Button>
    </span>
  );
}
