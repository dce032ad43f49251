/** The week: a line for each day, its hours drawn and typed. */
import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { Periods } from "./Periods";
import { DAYS, type Hours } from "./week";

export function Week() {
  const { t } = useTranslation("settings");
  const form = Form.useFormInstance();
  const copyMonday = () => {
    const monday = form.getFieldValue(["days", "1"]) as Hours[];
    for (const day of DAYS.slice(1)) form.setFieldValue(["days", String(day)], structuredClone(monday));
  };
  return (
    <>
      <div className="week">
        {DAYS.map((day) => (
          <fieldset key={day} className="day">
            <legend>{t(`weekday.${day}`)}</legend>
            <Periods name={["days", String(day)]} none={t("hours.closed")} />
            <Drawn day={day} />
          </fieldset>
        ))}
      </div>
      <Button onClick={copyMonday}>{t("hours.likeMonday")}</Button>
    </>
  );
}

const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
};
const DAY = 1_440;

/** The day as a line, what runs over midnight cut at its end. */
function Drawn({ day }: { day: number }) {
  const hours = (Form.useWatch(["days", String(day)]) ?? []) as Partial<Hours>[];
  return (
    <svg className="drawn" viewBox={`0 0 ${DAY} 60`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="drawn-track" width={DAY} height="60" />
      {hours.map(({ from, until }, at) => {
        if (!from || !until) return null;
        const [begin, end] = [minutes(from), minutes(until)];
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing but its place tells them apart
        return <rect key={at} className="drawn-open" x={begin} width={(end > begin ? end : DAY) - begin} height="60" />;
      })}
      {[6, 12, 18].map((hour) => (
        <line key={hour} className="drawn-mark" x1={hour * 60} x2={hour * 60} y1="0" y2="60" />
      ))}
    </svg>
  );
}
