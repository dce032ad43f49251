/** What an account is: name, role, shops, groups, what it can do and how much at once. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Button, Form, Input, InputNumber, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { groupsQuery } from "../parts/names";
import { RoleField } from "../parts/RoleField";
import { WhichShops } from "../parts/WhichShops";
import { accountsQuery } from "./accounts";

export function AccountFields() {
  const { t } = useTranslation("settings");
  const { data: groups } = useQuery(groupsQuery);
  const seen = ["own", "team", "all"].map((each) => ({ value: each, label: t(`visibility.${each}`) }));
  return (
    <>
      <div className="pair">
        <Form.Item
          name="name"
          label={t("accounts.name")}
          extra={t("accounts.nameHint")}
          rules={[{ required: true, whitespace: true, max: 64, message: t("accounts.needName") }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="display_name"
          label={t("accounts.displayName")}
          extra={t("accounts.displayHint")}
          rules={[{ max: 64 }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
      </div>
      <RoleField />
      <WhichShops />
      <Form.Item name="visibility" label={t("accounts.sees")} extra={t("accounts.seesHint")}>
        <Segmented options={seen} />
      </Form.Item>
      <Form.Item name="groups" label={t("accounts.groups")}>
        <Select
          mode="multiple"
          options={groups?.map((each) => ({ value: each.id, label: each.name }))}
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("accounts.noGroup")}
        />
      </Form.Item>
      <div className="pair">
        <Form.Item name="capacity" label={t("accounts.capacity")} extra={t("accounts.capacityHint")}>
          <InputNumber min={0} max={1000} precision={0} />
        </Form.Item>
        <Form.Item name="languages" label={t("accounts.languages")} extra={t("accounts.languagesHint")}>
          <Select
            mode="tags"
            options={[
              { value: "zh", label: "zh 中文" },
              { value: "en", label: "en English" },
            ]}
          />
        </Form.Item>
      </div>
      <Skills />
    </>
  );
}

function Skills() {
  const { t } = useTranslation("settings");
  const { data } = useQuery(accountsQuery);
  const known = [...new Set((data ?? []).flatMap((each) => each.skills.map((skill) => skill.name)))].sort();
  const levels = [1, 2, 3, 4, 5].map((each) => ({ value: each, label: t(`level.${each}`) }));
  return (
    <Form.Item label={t("accounts.skills")} extra={t("accounts.skillsHint")}>
      <Form.List name="skills">
        {(entries, { add, remove }, { errors }) => (
          <div className="lined">
            {entries.map(({ key, name }) => (
              <div key={key} className="entry">
                <Form.Item
                  className="grow"
                  name={[name, "name"]}
                  rules={[{ required: true, whitespace: true, message: t("accounts.needSkill") }]}
                >
                  <AutoComplete
                    aria-label={t("accounts.skill")}
                    options={known.map((value) => ({ value }))}
                    placeholder={t("accounts.skillExample")}
                  />
                </Form.Item>
                <Form.Item name={[name, "level"]}>
                  <Select aria-label={t("accounts.level")} options={levels} style={{ width: 110 }} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t("remove")} onClick={() => remove(name)} />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({ name: "", level: 3 })}>
                {t("accounts.addSkill")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
