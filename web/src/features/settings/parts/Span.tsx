/** A span of time, kept in seconds and shown in the unit in which people think of it; off where it may be. */
import { Form, InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";

const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

interface FieldProps {
  unit: Unit;
  value?: number | null;
  onChange?: (seconds: number | null) => void;
  id?: string;
  label: string;
  /** May be off; this is what it begins with when switched on, in seconds. */
  usual?: number;
  min?: number;
}

function Field({ unit, value, onChange, id, label, usual, min = 0 }: FieldProps) {
  const { t } = useTranslation("settings");
  const size = UNITS[unit];
  return (
    <span className="bar">
      {usual !== undefined && (
        <Switch
          aria-label={t("isOn", { name: label })}
          checked={value !== null}
          onChange={(isOn) => onChange?.(isOn ? usual : null)}
        />
      )}
      {value != null && (
        <InputNumber
          id={id}
          aria-label={label}
          min={min}
          value={Math.round((value / size) * 1000) / 1000}
          onChange={(count) => onChange?.((count ?? 0) * size)}
          suffix={t(`unit.${unit}`)}
          style={{ width: 132 }}
        />
      )}
    </span>
  );
}

interface Props extends Pick<FieldProps, "unit" | "usual" | "min"> {
  name: (string | number)[];
  label: string;
  extra?: string;
}

export const Span = ({ name, label, extra, ...more }: Props) => (
  <Form.Item name={name} label={label} extra={extra}>
    <Field label={label} {...more} />
  </Form.Item>
);
