/** What calls a person in this shop now; nothing while nothing does. */
import { WarningOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../lib/format";
import { given, house } from "../../lib/house";
import { useWords } from "../../lib/packs";
import type { AlarmTold } from "../../live/state";
import { useLive } from "../../live/store";
import { atTheDesk } from "./links";

const SHOWN = 2;
const URGENCIES = ["high", "normal", "low"];

export function Alarms({ shop, zone }: { shop: string; zone: string }) {
  const { t } = useTranslation("wall");
  const alarms = useLive((each) => each.alarms);
  const all = [...alarms.values()].filter((each) => each.shop === shop && each.kind !== null).sort(byUrgency);
  // Lead and owner are each told: on the wall it is one and the same.
  const standing = [
    ...new Map([...all].reverse().map((each) => [`${each.kind} ${each.said.zh}`, each])).values(),
  ].reverse();
  if (standing.length === 0) return null;
  return (
    <div className="wall-alarms" role="status">
      {standing.slice(0, SHOWN).map((each) => (
        <Alarm key={each.id} alarm={each} zone={zone} />
      ))}
      {standing.length > SHOWN && <span>{t("moreAlarms", { count: standing.length - SHOWN })}</span>}
    </div>
  );
}

/** Untaken before taken, then the urgent, then the newest. */
const byUrgency = (one: AlarmTold, other: AlarmTold): number =>
  Number(one.taken_by != null) - Number(other.taken_by != null) ||
  URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency) ||
  (one.at < other.at ? 1 : -1);

function Alarm({ alarm, zone }: { alarm: AlarmTold; zone: string }) {
  const { t } = useTranslation("wall");
  const words = useWords();
  const { taken_by: taker } = alarm;
  const name = useLive((each) => (taker ? (each.people.get(taker)?.name ?? taker) : ""));
  const sentence = words(alarm.said);
  const [first] = alarm.chats ?? [];
  return (
    <span className="wall-alarm">
      <WarningOutlined aria-hidden="true" />
      <b className="ellipsis" title={sentence}>
        {timeOfDay(alarm.at, zone)} {first ? <Link {...atTheDesk(first)}>{sentence}</Link> : sentence}
      </b>
      {taker ? <span className="quiet">{t("takenBy", { name })}</span> : <Take alarm={alarm} />}
    </span>
  );
}

function Take({ alarm }: { alarm: AlarmTold }) {
  const { t } = useTranslation("wall");
  const [problem, setProblem] = useState("");
  const take = () => {
    const params = { path: { alarm_id: alarm.id } };
    given(house.PUT("/v1/alarms/{alarm_id}/taker", { params, body: { until: alarm.at } })).catch((error: unknown) =>
      setProblem((error instanceof Error && error.message) || t("noHouse")),
    );
  };
  return (
    <>
      <Button size="small" onClick={take}>
        {t("take")}
      </Button>
      {problem && <span role="alert">{problem}</span>}
    </>
  );
}
