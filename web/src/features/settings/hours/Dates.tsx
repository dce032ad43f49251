/** Breaks of the week, holidays, and single days that are different. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Periods } from "./Periods";
import { DAYS } from "./week";

const LUNCH = { from: "12:00", until: "13:00", days: [...DAYS] };

function Panel({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <section className="panel">
      <header>
        <h2>{t(`hours.${name}`)}</h2>
        <span className="quiet small">{t(`hours.${name}Hint`)}</span>
      </header>
      {children}
    </section>
  );
}

export function Breaks() {
  const { t } = useTranslation("settings");
  const days = DAYS.map((value) => ({ value, label: t(`weekday.${value}`) }));
  return (
    <Panel name="breaks">
      <Periods
        name="breaks"
        first={LUNCH}
        none={t("hours.noBreaks")}
        add={t("hours.addBreak")}
        more={(place) => (
          <Form.Item className="grow" name={[place, "days"]} rules={[{ required: true, message: t("hours.needDay") }]}>
            <Select mode="multiple" aria-label={t("hours.onDays")} options={days} maxTagCount="responsive" />
          </Form.Item>
        )}
      />
    </Panel>
  );
}

export function Holidays() {
  const { t } = useTranslation("settings");
  return (
    <Panel name="holidays">
      <Entries name="holidays" fresh={{ day: "", until: "", isWhole: true, closed: [] }} add={t("hours.addHoliday")}>
        {(place) => (
          <>
            <Form.Item
              name={[place, "day"]}
              label={t("hours.day")}
              rules={[{ required: true, message: t("hours.needDate") }]}
            >
              <Input type="date" />
            </Form.Item>
            <Form.Item name={[place, "until"]} label={t("hours.lastDay")}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name={[place, "isWhole"]} label={t("hours.closedAllDay")} valuePropName="checked">
              <Checkbox>{t("hours.allDay")}</Checkbox>
            </Form.Item>
            <Form.Item noStyle dependencies={[["holidays", place, "isWhole"]]}>
              {({ getFieldValue }) =>
                !getFieldValue(["holidays", place, "isWhole"]) && (
                  <Form.Item label={t("hours.closedHours")}>
                    <Periods name={[place, "closed"]} />
                  </Form.Item>
                )
              }
            </Form.Item>
          </>
        )}
      </Entries>
    </Panel>
  );
}

export function Overrides() {
  const { t } = useTranslation("settings");
  return (
    <Panel name="overrides">
      <Entries
        name="overrides"
        fresh={{ day: "", hours: [{ from: "10:00", until: "16:00" }] }}
        add={t("hours.addOverride")}
      >
        {(place) => (
          <>
            <Form.Item
              name={[place, "day"]}
              label={t("hours.day")}
              rules={[{ required: true, message: t("hours.needDate") }]}
            >
              <Input type="date" />
            </Form.Item>
            <Form.Item label={t("hours.hoursThen")}>
              <Periods name={[place, "hours"]} none={t("hours.closed")} />
            </Form.Item>
          </>
        )}
      </Entries>
    </Panel>
  );
}

interface EntriesProps {
  name: string;
  fresh: object;
  add: string;
  children: (place: number) => ReactNode;
}

function Entries({ name, fresh, add: addText, children }: EntriesProps) {
  const { t } = useTranslation("settings");
  return (
    <Form.List name={name}>
      {(entries, { add, remove }) => (
        <div className="lined">
          {entries.length === 0 && <span className="quiet">{t(`hours.none.${name}`)}</span>}
          {entries.map(({ key, name: place }) => (
            <div key={key} className="entry dated">
              {children(place)}
              <Button type="text" icon={<DeleteOutlined />} aria-label={t("remove")} onClick={() => remove(place)} />
            </div>
          ))}
          <div>
            <Button icon={<PlusOutlined />} onClick={() => add(fresh)}>
              {addText}
            </Button>
          </div>
        </div>
      )}
    </Form.List>
  );
}
