/** The steps of one kind of alarm. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { isForeseen, isPersonal, type Kind, usualLadder, WAYS } from "./fields";

export function Ladder({ kind }: { kind: Kind }) {
  const { t } = useTranslation("settings");
  const form = Form.useFormInstance();
  const levels = (["agent", "lead", "owner"] as const)
    .filter((each) => each !== "agent" || isPersonal(kind))
    .map((value) => ({ value, label: t(`alarms.level.${value}`) }));
  const ways = WAYS.map((value) => ({ value, label: t(`alarms.way.${value}`) }));
  return (
    <section className="panel">
      <header>
        <h2>{t(`alarms.kind.${kind}`)}</h2>
        <span className="quiet small">{t(`alarms.about.${kind}`)}</span>
        <span className="grow" />
        <Button size="small" onClick={() => form.setFieldValue(["ladders", kind], usualLadder(kind))}>
          {t("alarms.usual")}
        </Button>
      </header>
      <Form.List name={["ladders", kind]}>
        {(entries, { add, remove }) => (
          <div className="lined">
            {entries.length === 0 && <span className="quiet">{t("alarms.off")}</span>}
            {entries.map(({ key, name }) => (
              <div key={key} className="entry">
                <Form.Item name={[name, "level"]}>
                  <Select aria-label={t("alarms.who")} options={levels} style={{ width: 96 }} />
                </Form.Item>
                <Form.Item name={[name, "seconds"]}>
                  <When isForeseen={isForeseen(kind)} />
                </Form.Item>
                <Form.Item
                  className="grow"
                  name={[name, "ways"]}
                  rules={[{ required: true, message: t("alarms.needWay") }]}
                >
                  <Select mode="multiple" aria-label={t("alarms.ways")} options={ways} />
                </Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t("remove")} onClick={() => remove(name)} />
              </div>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({ level: "lead", seconds: 0, ways: ["screen"] })}>
                {t("alarms.addStep")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </section>
  );
}

interface WhenProps {
  isForeseen: boolean;
  value?: number;
  onChange?: (seconds: number) => void;
  id?: string;
}

/** So many seconds before the line (negative to the house), or after it. */
function When({ isForeseen, value = 0, onChange, id }: WhenProps) {
  const { t } = useTranslation("settings");
  const isBefore = value < 0;
  return (
    <span className="bar">
      {isForeseen && (
        <Select
          aria-label={t("alarms.beforeOrAfter")}
          value={isBefore}
          onChange={(before) => onChange?.(before ? -Math.max(1, Math.abs(value)) : Math.abs(value))}
          options={[
            { value: true, label: t("alarms.before") },
            { value: false, label: t("alarms.after") },
          ]}
          style={{ width: 96 }}
        />
      )}
      <InputNumber
        id={id}
        aria-label={t("alarms.seconds")}
        min={isBefore ? 1 : 0}
        max={86_400}
        precision={0}
        value={Math.abs(value)}
        onChange={(seconds) => onChange?.(isBefore ? -(seconds ?? 1) : (seconds ?? 0))}
        suffix={t("unit.seconds")}
        style={{ width: 112 }}
      />
    </span>
  );
}
