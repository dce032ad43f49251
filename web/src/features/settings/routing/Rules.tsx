/** What chats of a channel, a stage or a tag ask for: a group, skills, a language, a place in front. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { groupsQuery } from "../parts/names";
import { channelsQuery } from "../shops/shops";

const EMPTY = { channel: null, stage: null, tag: null, group: null, language: null, band: 0, skills: [] };

export function Rules({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  return (
    <section className="panel lined">
      <p className="quiet">{t("routing.rulesHint")}</p>
      <Form.List name="rules">
        {(entries, { add, remove }) => (
          <>
            {entries.map(({ key, name }) => (
              <fieldset key={key} className="tongue">
                <legend>{t("routing.rule", { number: name + 1 })}</legend>
                <Rule shop={shop} place={name} />
                <Button icon={<DeleteOutlined />} onClick={() => remove(name)}>
                  {t("routing.removeRule")}
                </Button>
              </fieldset>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add(EMPTY)}>
                {t("routing.addRule")}
              </Button>
            </div>
          </>
        )}
      </Form.List>
    </section>
  );
}

function Rule({ shop, place }: { shop: string; place: number }) {
  const { t } = useTranslation("settings");
  const { data: channels } = useQuery(channelsQuery(shop));
  const { data: groups } = useQuery(groupsQuery);
  const any = { value: "", label: t("routing.any") };
  const nothing = {
    getValueProps: (value: unknown) => ({ value: value ?? "" }),
    normalize: (value: string) => value || null,
  };
  return (
    <div className="pair">
      <Form.Item name={[place, "channel"]} label={t("routing.ofChannel")} {...nothing}>
        <Select options={[any, ...(channels ?? []).map((each) => ({ value: each.id, label: each.name }))]} />
      </Form.Item>
      <Form.Item name={[place, "stage"]} label={t("routing.ofStage")} {...nothing}>
        <Select
          options={[
            any,
            ...(["pre_sale", "after_sale"] as const).map((value) => ({ value, label: t(`routing.stage.${value}`) })),
          ]}
        />
      </Form.Item>
      <Form.Item name={[place, "tag"]} label={t("routing.ofTag")} {...nothing}>
        <Input placeholder={t("routing.any")} />
      </Form.Item>
      <Form.Item name={[place, "group"]} label={t("routing.toGroup")} {...nothing}>
        <Select
          options={[
            { value: "", label: t("routing.noGroup") },
            ...(groups ?? []).map((each) => ({ value: each.id, label: each.name })),
          ]}
        />
      </Form.Item>
      <Form.Item name={[place, "language"]} label={t("routing.needLanguage")} {...nothing}>
        <Input placeholder="zh" />
      </Form.Item>
      <Form.Item name={[place, "band"]} label={t("routing.band")} extra={t("routing.bandHint")}>
        <InputNumber min={0} max={9} precision={0} />
      </Form.Item>
      <Skills place={place} />
    </div>
  );
}

function Skills({ place }: { place: number }) {
  const { t } = useTranslation("settings");
  const levels = [1, 2, 3, 4, 5].map((each) => ({ value: each, label: t(`level.${each}`) }));
  return (
    <Form.Item label={t("routing.needSkills")}>
      <Form.List name={[place, "skills"]}>
        {(entries, { add, remove }) => (
          <div className="lined">
            {entries.map(({ key, name }) => (
              <div key={key} className="entry">
                <Form.Item
                  className="grow"
                  name={[name, "name"]}
                  rules={[{ required: true, whitespace: true, message: t("accounts.needSkill") }]}
                >
                  <Input aria-label={t("accounts.skill")} />
                </Form.Item>
                <Form.Item name={[name, "level"]}>
                  <Select aria-label={t("accounts.level")} options={levels} style={{ width: 110 }} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t("remove")} onClick={() => remove(name)} />
              </div>
            ))}
            <div>
              <Button size="small" icon={<PlusOutlined />} onClick={() => add({ name: "", level: 3 })}>
                {t("accounts.addSkill")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
