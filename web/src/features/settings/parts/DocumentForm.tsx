/** The form of a document: saves from the version seen, keeps what was typed when somebody else was first. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, type FormInstance } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../../lib/house";
import type { Document, Standing } from "./document";
import { LastChange } from "./LastChange";
import { useLeaving } from "./leaving";
import { merged, same } from "./merging";
import { Problems } from "./Problems";
import { type Places, useSaving } from "./problems";
import { Failed, Waiting } from "./states";

interface Props<Value, Fields, Wanted> {
  document: Document<Value, Wanted>;
  /** The fields of the form, from what stands; null where nothing was ever set. */
  fields: (value: Value | null) => Fields;
  wanted: (fields: Fields) => Wanted;
  places?: Places;
  /** May only be looked at. */
  isStill?: boolean;
  children: ReactNode | ((form: FormInstance<Fields>, standing: Standing<Value>) => ReactNode);
}

export const DocumentForm = <Value, Fields extends object, Wanted>(props: Props<Value, Fields, Wanted>) => (
  <Read key={props.document.key.join("/")} {...props} />
);

function Read<Value, Fields extends object, Wanted>(props: Props<Value, Fields, Wanted>) {
  const { document } = props;
  const told = useQuery({
    queryKey: document.key,
    queryFn: document.read,
    staleTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const standing = useRef<Standing<Value>>(undefined);
  if (told.isError && !told.data) return <Failed error={told.error} again={() => void told.refetch()} />;
  // A form begins with what was just read, not with what was known before.
  if (!standing.current && (told.isFetching || !told.data)) return <Waiting />;
  standing.current ??= told.data as Standing<Value>;
  return <Loaded {...props} first={standing.current} />;
}

type LoadedProps<Value, Fields, Wanted> = Props<Value, Fields, Wanted> & { first: Standing<Value> };

function Loaded<Value, Fields extends object, Wanted>(props: LoadedProps<Value, Fields, Wanted>) {
  const { document, fields, wanted, places, isStill, children, first } = props;
  const { t } = useTranslation("settings");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [standing, setStanding] = useState(first);
  const [newer, setNewer] = useState<Standing<Value> | null>(null);
  const saving = useSaving(form, places);
  const base = fields(standing.value);
  const watched = Form.useWatch([], form);
  const isDirty = watched !== undefined && !same(form.getFieldsValue(true), base);
  const dirty = useRef(isDirty);
  dirty.current = isDirty;

  const stand = (next: Standing<Value>, values: Fields) => {
    setStanding(next);
    setNewer(null);
    form.resetFields();
    form.setFieldsValue(values as never);
  };
  useLeaving(() => dirty.current);

  const keep = async () => {
    try {
      const kept = await document.save(wanted(form.getFieldsValue(true)), standing.version ?? null);
      queries.setQueryData(document.key, kept);
      stand(kept, fields(kept.value));
      void message.success(t("saved"));
    } catch (error) {
      if (!(error instanceof Refusal) || !error.has("directory.changed_meanwhile")) throw error;
      setNewer(await document.read());
    }
  };

  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={base}
      onFinish={() => void saving.run(keep)}
      disabled={saving.isBusy || isStill}
      requiredMark={false}
      scrollToFirstError={{ block: "center", focus: true }}
    >
      {newer && (
        <Alert
          type="warning"
          showIcon
          title={t("changedMeanwhile")}
          description={<LastChange standing={newer} />}
          action={
            <div className="bar">
              <Button onClick={() => stand(newer, merged(base, form.getFieldsValue(true), fields(newer.value)))}>
                {t("takeTheirs")}
              </Button>
              <Button type="text" danger onClick={() => stand(newer, fields(newer.value))}>
                {t("dropMine")}
              </Button>
            </div>
          }
        />
      )}
      <Problems of={saving.problems} />
      {typeof children === "function" ? children(form, standing) : children}
      {!isStill && (
        <SaveBar isDirty={isDirty} isBusy={saving.isBusy} drop={() => stand(standing, base)}>
          <LastChange standing={standing} history={document.history} />
        </SaveBar>
      )}
    </Form>
  );
}

function SaveBar(props: { isDirty: boolean; isBusy: boolean; drop: () => void; children: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <div className={props.isDirty ? "save-bar dirty" : "save-bar"}>
      <span className="grow">{props.isDirty ? t("unsaved") : props.children}</span>
      <Button onClick={props.drop} disabled={!props.isDirty}>
        {t("drop")}
      </Button>
      <Button type="primary" htmlType="submit" loading={props.isBusy} disabled={!props.isDirty}>
        {t("save")}
      </Button>
    </div>
  );
}
