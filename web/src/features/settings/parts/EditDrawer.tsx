/** A thing added or changed at the side of its list: saved, refused beside its fields, or dropped after asking. */
import { Button, Drawer, Form, type FormInstance } from "antd";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAsking, useLeaving } from "./leaving";
import { same } from "./merging";
import { Problems } from "./Problems";
import { type Places, useSaving } from "./problems";

interface Props<Fields> {
  title: string;
  first: Fields;
  places?: Places;
  /** Throws the Refusal. */
  save: (fields: Fields) => Promise<void>;
  close: () => void;
  deed?: string;
  /** What comes after saving is shown by whoever opened it. */
  staysAfter?: boolean;
  below?: ReactNode;
  children: ReactNode | ((form: FormInstance<Fields>) => ReactNode);
}

export function EditDrawer<Fields extends object>(props: Props<Fields>) {
  const { t } = useTranslation("settings");
  const [form] = Form.useForm<Fields>();
  const saving = useSaving(form, props.places);
  const isDone = useRef(false);
  const ask = useAsking();
  const isDirty = () => !isDone.current && !same(form.getFieldsValue(true), props.first);
  useLeaving(isDirty);
  const close = async () => {
    if (!isDirty() || (await ask())) props.close();
  };
  const save = async () => {
    isDone.current = await saving.run(() => props.save(form.getFieldsValue(true)));
    if (isDone.current && !props.staysAfter) props.close();
  };
  return (
    <Drawer
      open
      onClose={() => void close()}
      title={props.title}
      size={520}
      footer={
        <div className="bar">
          <span className="grow" />
          <Button onClick={() => void close()}>{t("cancel")}</Button>
          <Button type="primary" loading={saving.isBusy} onClick={() => form.submit()}>
            {props.deed ?? t("save")}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={props.first}
        onFinish={() => void save()}
        requiredMark={false}
        disabled={saving.isBusy}
        scrollToFirstError={{ block: "center", focus: true }}
      >
        <Problems of={saving.problems} />
        {typeof props.children === "function" ? props.children(form) : props.children}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
      {props.below}
    </Drawer>
  );
}
