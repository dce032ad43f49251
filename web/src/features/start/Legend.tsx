/** What the ring will mean, and whether this machine can call its reader. */
import { CheckOutlined, WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RingDrawing } from "../../design/Ring";
import { ringView } from "../../design/ring";
import { houseNow } from "../../lib/clock";

const LINE = 180_000;
const EXAMPLES = { safe: 150_000, soon: 64_000, now: 19_000, lost: -84_000 } as const;
const CLOCK_SECONDS = 2;

export function Legend() {
  const { t } = useTranslation("start");
  return (
    <aside className="start-aside">
      <section>
        <h2>{t("legend.title")}</h2>
        <p className="quiet small">{t("legend.about")}</p>
        <ul>
          {Object.entries(EXAMPLES).map(([state, left]) => (
            <li key={state}>
              <RingDrawing view={ringView(left, LINE, false, "", "")} size={48} label={t(`legend.${state}`)} />
              <span>
                <b>{t(`legend.${state}`)}</b>
                <small>{t(`legend.means.${state}`)}</small>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t("legend.rings")}</h2>
        <Notifications />
        <Clock />
      </section>
    </aside>
  );
}

function Notifications() {
  const { t } = useTranslation("start");
  const isThere = "Notification" in globalThis;
  const [permission, setPermission] = useState(isThere ? Notification.permission : "denied");
  const isWell = permission === "granted";
  return (
    <p className={isWell ? "check" : "check warn"}>
      {isWell ? <CheckOutlined /> : <WarningOutlined />}
      <span className="grow">{t(isWell ? "legend.mayNotify" : "legend.mayNotNotify")}</span>
      {permission === "default" && (
        <Button type="link" size="small" onClick={() => void Notification.requestPermission().then(setPermission)}>
          {t("legend.allow")}
        </Button>
      )}
    </p>
  );
}

function Clock() {
  const { t } = useTranslation("start");
  const off = Math.abs(houseNow() - Date.now()) / 1000;
  const isWell = off < CLOCK_SECONDS;
  return (
    <p className={isWell ? "check" : "check warn"}>
      {isWell ? <CheckOutlined /> : <WarningOutlined />}
      <span>{t(isWell ? "legend.clockRight" : "legend.clockOff", { seconds: off.toFixed(1) })}</span>
    </p>
  );
}
