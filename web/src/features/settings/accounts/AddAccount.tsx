/** A new sub-account with a first password, which is shown once more when it is made. */
import { ReloadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { EditDrawer } from "../parts/EditDrawer";
import { ShownOnce } from "../parts/ShownOnce";
import { AccountFields } from "./AccountFields";
import { ACCOUNT_PLACES, type AccountFields as Fields, newAccount, newPassword } from "./accounts";

type NewFields = Fields & { first_password: string };

export function AddAccount({ close }: { close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const mine = useMe().account.shops;
  const [first] = useState<NewFields>(() => ({
    ...newAccount(mine.every ? { every: false, only: [] } : mine),
    first_password: newPassword(),
  }));
  const [made, setMade] = useState<NewFields | null>(null);
  const save = async (fields: NewFields) => {
    await given(house.POST("/v1/accounts", { body: fields }));
    await queries.invalidateQueries({ queryKey: ["accounts"] });
    setMade(fields);
  };
  if (made)
    return (
      <ShownOnce
        title={t("accounts.made", { name: made.name })}
        text={t("accounts.letter", { address: location.origin, name: made.name, password: made.first_password })}
        close={close}
      >
        <p>{t("accounts.madeHint")}</p>
      </ShownOnce>
    );
  return (
    <EditDrawer title={t("accounts.add")} first={first} places={ACCOUNT_PLACES} save={save} close={close} staysAfter>
      <AccountFields />
      <FirstPassword />
    </EditDrawer>
  );
}

function FirstPassword() {
  const { t } = useTranslation("settings");
  const form = Form.useFormInstance();
  return (
    <Form.Item label={t("accounts.password")} extra={t("accounts.passwordHint")}>
      <Space.Compact block>
        <Form.Item
          name="first_password"
          noStyle
          rules={[{ required: true, min: 10, max: 128, message: t("accounts.passwordRule") }]}
        >
          <Input aria-label={t("accounts.password")} autoComplete="off" />
        </Form.Item>
        <Button icon={<ReloadOutlined />} onClick={() => form.setFieldValue("first_password", newPassword())}>
          {t("accounts.another")}
        </Button>
      </Space.Compact>
    </Form.Item>
  );
}
