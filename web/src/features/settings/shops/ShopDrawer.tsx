/** A shop added or changed. Its id stays for ever: events call it so. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { AutoComplete, Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { knownPacksQuery } from "../../../lib/packs";
import { EditDrawer } from "../parts/EditDrawer";
import { zones } from "../parts/zones";
import { NEUTRAL } from "./shops";

interface Fields {
  id: string;
  name: string;
  timezone: string;
  pack: string | null;
  active: boolean;
}

const SHOP_PLACES = {
  "name.no_id": "id",
  "name.": "name",
  "directory.name_taken": "name",
  "shop.timezone": "timezone",
  "pack.": "pack",
  "shop.pack_is_file": "pack",
};

export function ShopDrawer({ shop, close }: { shop: Schemas["ShopTold"] | null; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const first: Fields = shop ?? { id: "", name: "", timezone: "Asia/Shanghai", pack: null, active: true };
  const save = async ({ id, ...body }: Fields) => {
    if (shop) await given(house.PUT("/v1/shops/{shop}", { params: { path: { shop: shop.id } }, body }));
    else {
      const { name, timezone, pack } = body;
      await given(house.POST("/v1/shops", { body: { id: id.trim() || name.trim(), name, timezone, pack } }));
    }
    await queries.invalidateQueries({ queryKey: ["shops"] });
    await queries.invalidateQueries({ queryKey: ["packs"] });
  };
  return (
    <EditDrawer
      title={shop ? shop.name : t("shopsPage.add")}
      first={first}
      places={SHOP_PLACES}
      save={save}
      close={close}
    >
      <Form.Item
        name="name"
        label={t("shopsPage.name")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("needName") }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {!shop && (
        <Form.Item name="id" label={t("shopsPage.id")} extra={t("shopsPage.idHint")} rules={[{ max: 64 }]}>
          <Input autoComplete="off" />
        </Form.Item>
      )}
      <PackField />
      <Form.Item name="timezone" label={t("timezone")} rules={[{ required: true, message: t("needTimezone") }]}>
        <AutoComplete options={zones()} showSearch={{ filterOption: true }} />
      </Form.Item>
      {shop && (
        <Form.Item
          name="active"
          label={t("shopsPage.active")}
          extra={t("shopsPage.activeHint")}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      )}
    </EditDrawer>
  );
}

function PackField() {
  const { t, i18n } = useTranslation("settings");
  const { data } = useQuery(knownPacksQuery);
  const titled = (data ?? []).map((each) => ({
    value: each.id === NEUTRAL ? null : each.id,
    label: each.title[i18n.language] ?? each.id,
  }));
  return (
    <Form.Item
      name="pack"
      label={t("shopsPage.pack")}
      extra={t("shopsPage.packHint")}
      getValueProps={(value) => ({ value: value ?? "" })}
      normalize={(value) => value || null}
    >
      <Select
        options={titled.map((each) => ({ ...each, value: each.value ?? "" }))}
        showSearch={{ optionFilterProp: "label" }}
      />
    </Form.Item>
  );
}
