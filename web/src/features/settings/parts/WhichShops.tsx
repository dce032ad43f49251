/** Which shops: all of them, those to come included, or some. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { shopsQuery } from "../../../lib/shops";

type Shops = Schemas["WhichShops"];

export function WhichShops({ name = "shops" }: { name?: string }) {
  const { t } = useTranslation("settings");
  const check = (_: unknown, value: Shops) =>
    value.every || (value.only ?? []).length > 0 ? Promise.resolve() : Promise.reject(new Error(t("needShop")));
  return (
    <Form.Item name={name} label={t("shops")} rules={[{ validator: check }]}>
      <Field />
    </Form.Item>
  );
}

function Field({ value, onChange, id }: { value?: Shops; onChange?: (value: Shops) => void; id?: string }) {
  const { t } = useTranslation("settings");
  const mine = useMe().account.shops;
  const { data } = useQuery(shopsQuery);
  return (
    <div className="lined">
      {mine.every && (
        <Checkbox
          checked={value?.every ?? false}
          onChange={({ target }) => onChange?.({ every: target.checked, only: target.checked ? [] : value?.only })}
        >
          {t("everyShopToo")}
        </Checkbox>
      )}
      {!value?.every && (
        <Select
          id={id}
          mode="multiple"
          aria-label={t("shops")}
          value={value?.only ?? []}
          onChange={(only) => onChange?.({ every: false, only })}
          options={data?.map((each) => ({ value: each.id, label: each.name }))}
          showSearch={{ optionFilterProp: "label" }}
        />
      )}
    </div>
  );
}
