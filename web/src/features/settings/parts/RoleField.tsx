/** A role, with what it may do said beneath. */
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { rolesQuery, useRoleName } from "./names";

export function RoleField() {
  const { t } = useTranslation("settings");
  const { data } = useQuery(rolesQuery);
  const name = useRoleName();
  const picked = Form.useWatch("role");
  const rights = data?.find((each) => each.id === picked)?.rights ?? [];
  return (
    <Form.Item
      name="role"
      label={t("roleField")}
      extra={rights.map((each) => t(`right.${each}`)).join(t("comma"))}
      rules={[{ required: true, message: t("needRole") }]}
    >
      <Select options={data?.map((each) => ({ value: each.id, label: name(each) }))} />
    </Form.Item>
  );
}
