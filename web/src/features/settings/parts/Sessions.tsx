/** Where somebody is logged in. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import type { Schemas } from "../../../lib/house";
import { deviceOf } from "./devices";
import { Nothing } from "./states";

interface Props {
  sessions: readonly Schemas["SessionTold"][];
  end?: (session: string) => void;
}

export function Sessions({ sessions, end }: Props) {
  const { t } = useTranslation("settings");
  if (sessions.length === 0) return <Nothing>{t("sessions.none")}</Nothing>;
  return (
    <ul className="listing">
      {sessions.map((each) => (
        <li key={each.id}>
          <div className="what">
            <b title={each.device}>
              {deviceOf(each.device) || t("sessions.unknown")}
              {each.current && <span className="tag ok">{t("sessions.this")}</span>}
            </b>
            <span className="quiet small">
              {t("sessions.seen", { at: dayAndTime(each.last_seen_at), address: each.address })}
            </span>
          </div>
          {end && !each.current && <Button onClick={() => end(each.id)}>{t("sessions.end")}</Button>}
        </li>
      ))}
    </ul>
  );
}
