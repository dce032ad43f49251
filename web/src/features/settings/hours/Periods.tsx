/** Periods of a day, from and until; one that ends before it begins runs into the next day. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TimeInput } from "../parts/TimeInput";
import type { Hours } from "./week";

interface Props {
  name: string | (string | number)[];
  first?: Hours;
  none?: string;
  more?: (place: number) => ReactNode;
  add?: string;
}

export function Periods({ name, first = { from: "09:00", until: "18:00" }, none, more, add: addText }: Props) {
  const { t } = useTranslation("settings");
  return (
    <Form.List name={name}>
      {(entries, { add, remove }, { errors }) => (
        <div className="periods">
          {entries.length === 0 && none && <span className="quiet">{none}</span>}
          {entries.map(({ key, name: place }) => (
            <div key={key} className="entry">
              <FromUntil place={place} />
              {more?.(place)}
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("hours.removePeriod")}
                onClick={() => remove(place)}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button
            type="text"
            icon={<PlusOutlined />}
            aria-label={addText ? undefined : t("hours.addPeriod")}
            onClick={() => add(first)}
          >
            {addText}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

function FromUntil({ place }: { place: number }) {
  const { t } = useTranslation("settings");
  const needed = [{ required: true, message: t("hours.needTime") }];
  return (
    <span className="from-until">
      <Form.Item name={[place, "from"]} rules={needed}>
        <TimeInput aria-label={t("hours.from")} />
      </Form.Item>
      <span className="quiet">–</span>
      <Form.Item name={[place, "until"]} rules={needed}>
        <TimeInput aria-label={t("hours.until")} />
      </Form.Item>
    </span>
  );
}
