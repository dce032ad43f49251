/** The field for a password that is chosen now. */
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

export function NewPassword({ name }: { name: string }) {
  const { t } = useTranslation("login");
  return (
    <Form.Item
      name={name}
      label={t("newPassword")}
      extra={t("passwordRule")}
      rules={[{ required: true, min: 10, message: t("passwordRule") }]}
    >
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  );
}
