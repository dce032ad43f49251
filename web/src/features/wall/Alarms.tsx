/** What calls a person in this shop now; nothing while nothing does. */
import { WarningOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../lib/format";
import { useWords } from "../../lib/packs";
import { standing } from "../../live/alarms";
import { SeeTo } from "../../live/SeeTo";
import type { AlarmTold } from "../../live/state";
import { useLive } from "../../live/store";
import { atTheDesk } from "./links";

const SHOWN = 2;

export function Alarms({ shop, zone }: { shop: string; zone: string }) {
  const { t } = useTranslation("wall");
  const alarms = useLive((each) => each.alarms);
  const all = standing([...alarms.values()].filter((each) => each.shop === shop));
  if (all.length === 0) return null;
  return (
    <div className="wall-alarms" role="status">
      {all.slice(0, SHOWN).map((each) => (
        <Alarm key={each.id} alarm={each} zone={zone} />
      ))}
      {all.length > SHOWN && <span>{t("app:moreAlarms", { count: all.length - SHOWN })}</span>}
    </div>
  );
}

function Alarm({ alarm, zone }: { alarm: AlarmTold; zone: string }) {
  const words = useWords();
  const sentence = words(alarm.said);
  const [first] = alarm.chats ?? [];
  return (
    <span className="wall-alarm">
      <WarningOutlined aria-hidden="true" />
      <b className="ellipsis" title={sentence}>
        {timeOfDay(alarm.at, zone)} {first ? <Link {...atTheDesk(first)}>{sentence}</Link> : sentence}
      </b>
      <SeeTo alarm={alarm} />
    </span>
  );
}
