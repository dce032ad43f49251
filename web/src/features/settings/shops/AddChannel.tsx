/** A new channel: a chat on the merchant's own site, or a platform or program by webhook. */
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { EditDrawer } from "../parts/EditDrawer";
import { useGo } from "../parts/place";
import { KINDS } from "./shops";

interface Fields {
  kind: string;
  name: string;
  id: string;
}

const PLACES = {
  "name.no_id": "id",
  "name.": "name",
  "directory.name_taken": "name",
  "channel.unknown_kind": "kind",
};

export function AddChannel({ shop, close }: { shop: string; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const go = useGo();
  const save = async ({ kind, name, id }: Fields) => {
    const body = { kind, name, id: id.trim() || name.trim() };
    const made = await given(house.POST("/v1/shops/{shop}/channels", { params: { path: { shop } }, body }));
    await queries.invalidateQueries({ queryKey: ["channels", shop] });
    close();
    go({ shop, channel: made.id });
  };
  return (
    <EditDrawer<Fields>
      title={t("channel.add")}
      first={{ kind: "webchat", name: "", id: "" }}
      places={PLACES}
      save={save}
      close={close}
      staysAfter
    >
      <Form.Item name="kind" label={t("channel.from")}>
        <Radio.Group
          className="lined"
          options={KINDS.map((each) => ({
            value: each,
            label: (
              <>
                <b>{t(`channel.kind.${each}`)}</b> <span className="quiet">{t(`channel.kindHint.${each}`)}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("channel.name")}
        extra={t("channel.nameHint")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("needName") }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="id" label={t("channel.id")} extra={t("channel.idHint")} rules={[{ max: 64 }]}>
        <Input autoComplete="off" />
      </Form.Item>
    </EditDrawer>
  );
}
