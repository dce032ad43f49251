/** One quick reply: what it is called, what it says, where it stands. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { AutoComplete, Button, Form, type FormInstance, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, newKey } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { shopsQuery } from "../../../lib/shops";
import { EditDrawer } from "../parts/EditDrawer";
import type { Reply, Wanted } from "./table";

const VARIABLES = ["buyer", "order", "product", "agent", "shop"] as const;

interface Props {
  reply: Reply | null;
  mine: boolean;
  folders: readonly string[];
  close: () => void;
}

export function ReplyDrawer({ reply, mine, folders, close }: Props) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const first: Wanted = {
    title: reply?.title ?? "",
    text: reply?.text ?? "",
    folder: reply?.folder ?? "",
    place: reply?.place ?? 0,
    shop: reply?.shop ?? null,
    mine,
  };
  const save = async (body: Wanted) => {
    const params = { path: { reply_id: reply?.id ?? newKey() } };
    await given(house.PUT("/v1/quick-replies/{reply_id}", { params, body }));
    await queries.invalidateQueries({ queryKey: ["quick-replies"] });
  };
  return (
    <EditDrawer title={t(reply ? "replies.change" : "replies.add")} first={first} save={save} close={close}>
      {(form: FormInstance<Wanted>) => (
        <>
          <Form.Item
            name="title"
            label={t("replies.title")}
            extra={t("replies.titleHint")}
            rules={[{ required: true, whitespace: true, max: 60, message: t("replies.needTitle") }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="text"
            label={t("replies.text")}
            rules={[{ required: true, whitespace: true, max: 2000, message: t("replies.needText") }]}
          >
            <Input.TextArea rows={6} />
          </Form.Item>
          <div className="bar variables">
            <span className="quiet small">{t("replies.insert")}</span>
            {VARIABLES.map((each) => (
              <Button key={each} size="small" onClick={() => insert(form, `{${each}}`)}>
                {t(`replies.variable.${each}`)}
              </Button>
            ))}
          </div>
          <div className="pair">
            <Form.Item name="folder" label={t("replies.folder")} rules={[{ max: 60 }]}>
              <AutoComplete options={folders.map((value) => ({ value }))} />
            </Form.Item>
            <Form.Item name="place" label={t("replies.place")} extra={t("replies.placeHint")}>
              <InputNumber precision={0} />
            </Form.Item>
          </div>
          {!mine && <ShopField />}
        </>
      )}
    </EditDrawer>
  );
}

function ShopField() {
  const { t } = useTranslation("settings");
  const mine = useMe().account.shops;
  const { data } = useQuery(shopsQuery);
  const every = mine.every ? [{ value: "", label: t("everyShop") }] : [];
  return (
    <Form.Item
      name="shop"
      label={t("shop")}
      getValueProps={(value) => ({ value: value ?? "" })}
      normalize={(value) => value || null}
    >
      <Select options={[...every, ...(data ?? []).map((each) => ({ value: each.id, label: each.name }))]} />
    </Form.Item>
  );
}

/** Where the cursor stands in the text, or at its end. */
function insert(form: FormInstance<Wanted>, variable: string): void {
  const area = form.getFieldInstance("text")?.resizableTextArea?.textArea as HTMLTextAreaElement | undefined;
  const text: string = form.getFieldValue("text") ?? "";
  const at = area?.selectionStart ?? text.length;
  form.setFieldValue("text", text.slice(0, at) + variable + text.slice(area?.selectionEnd ?? at));
  area?.focus();
}
