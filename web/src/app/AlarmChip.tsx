/** How many alarms stand, on every screen; a click tells which, and takes them. */
import { AlertFilled } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Popover } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock } from "../design/ring";
import { useSecond } from "../lib/clock";
import { useWords } from "../lib/packs";
import { useShopName } from "../lib/shops";
import { standing } from "../live/alarms";
import { SeeTo } from "../live/SeeTo";
import type { AlarmTold } from "../live/state";
import { useLive } from "../live/store";

const SHOWN = 8;

export function AlarmChip() {
  const { t } = useTranslation();
  const alarms = useLive((each) => each.alarms);
  const all = useMemo(() => standing(alarms.values()), [alarms]);
  const untaken = all.filter((each) => each.taken_by == null).length;
  return (
    <>
      <span className="only-heard" role="status" aria-live="polite">
        {untaken > 0 && t("alarms", { count: untaken })}
      </span>
      {all.length > 0 && <Chip alarms={all} isTaken={untaken === 0} />}
    </>
  );
}

/** The keyboard goes into the list when it opens, and back to the chip when it is shut. */
function Chip({ alarms, isTaken }: { alarms: readonly AlarmTold[]; isTaken: boolean }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [chip, list] = [useRef<HTMLButtonElement>(null), useRef<HTMLUListElement>(null)];
  const shut = () => {
    setOpen(false);
    chip.current?.focus();
  };
  return (
    <Popover
      trigger="click"
      placement="bottom"
      open={isOpen}
      onOpenChange={setOpen}
      afterOpenChange={(isShown) => isShown && list.current?.focus()}
      content={<AlarmList alarms={alarms} place={list} shut={shut} />}
    >
      <button
        ref={chip}
        type="button"
        className={`alarm-chip ${isTaken ? "taken" : ""}`}
        aria-label={t("alarms", { count: alarms.length })}
        aria-expanded={isOpen}
      >
        <AlertFilled aria-hidden="true" /> {alarms.length}
      </button>
    </Popover>
  );
}

interface Listed {
  alarms: readonly AlarmTold[];
  place: React.Ref<HTMLUListElement>;
  shut: () => void;
}

function AlarmList({ alarms, place, shut }: Listed) {
  const { t } = useTranslation();
  const shopName = useShopName();
  const isOfMany = new Set(alarms.map((each) => each.shop)).size > 1;
  return (
    <ul
      className="alarm-list"
      ref={place}
      tabIndex={-1}
      aria-label={t("alarms", { count: alarms.length })}
      onKeyDown={({ key }) => key === "Escape" && shut()}
    >
      {alarms.slice(0, SHOWN).map((each) => (
        <li key={each.id}>
          <Sentence alarm={each} shut={shut} />
          <span className="quiet small">
            {isOfMany && `${shopName(each.shop)} · `}
            <Since alarm={each} />
          </span>
          <SeeTo alarm={each} />
        </li>
      ))}
      {alarms.length > SHOWN && <li className="quiet">{t("moreAlarms", { count: alarms.length - SHOWN })}</li>}
    </ul>
  );
}

function Sentence({ alarm, shut }: { alarm: AlarmTold; shut: () => void }) {
  const words = useWords();
  const [chat] = alarm.chats ?? [];
  if (!chat) return <b>{words(alarm.said)}</b>;
  return (
    <Link to="/" search={{ chat }} onClick={shut}>
      <b>{words(alarm.said)}</b>
    </Link>
  );
}

/** How long until its line, or since. */
function Since({ alarm }: { alarm: AlarmTold }) {
  const { t } = useTranslation();
  const now = useSecond();
  const seconds = Math.floor((Date.parse(alarm.line ?? alarm.at) - now) / 1000);
  const time = (of: number) => (of < 3600 ? clock(of) : t("hoursLong", { hours: Math.floor(of / 3600) }));
  return seconds >= 0 ? t("alarmLeft", { time: time(seconds) }) : t("alarmSince", { time: time(-seconds) });
}
