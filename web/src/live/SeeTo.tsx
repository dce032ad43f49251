/** Who sees to an alarm, or the button by which the reader does if they may. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../lib/session";
import { mayTake, take } from "./alarms";
import type { AlarmTold } from "./state";
import { useLive } from "./store";

export function SeeTo({ alarm }: { alarm: AlarmTold }) {
  const { t } = useTranslation();
  const me = useMe();
  const [problem, setProblem] = useState("");
  const taker = alarm.taken_by;
  const name = useLive((each) => (taker ? (each.people.get(taker)?.name ?? taker) : ""));
  if (taker) return <span className="quiet">{t("seenToBy", { name })}</span>;
  if (!mayTake(me, alarm)) return null;
  const seeTo = () =>
    void take(alarm, useLive.getState().alarms.values(), me).catch((error: unknown) =>
      setProblem((error instanceof Error && error.message) || t("outOfReach")),
    );
  return (
    <>
      <Button size="small" onClick={seeTo}>
        {t("seeTo")}
      </Button>
      {problem && (
        <span className="bad small" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
