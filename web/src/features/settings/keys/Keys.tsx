/** Keys by which programs ask: made, shown once, ended. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { useDeeds } from "../parts/deeds";
import { EditDrawer } from "../parts/EditDrawer";
import { useShopNames, useWho } from "../parts/names";
import { RightsField } from "../parts/RightsField";
import { ShownOnce } from "../parts/ShownOnce";
import { Failed, Nothing, Waiting } from "../parts/states";
import { WhichShops } from "../parts/WhichShops";

const keysKey = ["api-keys"];

export function Show() {
  const { t } = useTranslation("settings");
  const told = useQuery({ queryKey: keysKey, queryFn: () => given(house.GET("/v1/api-keys")) });
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel">
      <header>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {t("keys.make")}
        </Button>
      </header>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {told.data?.length === 0 && <Nothing>{t("keys.none")}</Nothing>}
      <ul className="listing">
        {told.data?.map((each) => (
          <Row key={each.id} row={each} />
        ))}
      </ul>
      {isOpen && <Make close={() => setOpen(false)} />}
    </section>
  );
}

function Row({ row }: { row: Schemas["ApiKeyTold"] }) {
  const { t } = useTranslation("settings");
  const [who, shops] = [useWho(), useShopNames()];
  const { run, problem } = useDeeds(keysKey);
  const end = () => run(() => given(house.DELETE("/v1/api-keys/{key_id}", { params: { path: { key_id: row.id } } })));
  return (
    <li>
      <div className="what">
        <b>
          {row.label}
          <span className="tag">mh_{row.prefix}…</span>
        </b>
        <span className="quiet small">
          {t("keys.of", { who: who(row.account), at: dayAndTime(row.created_at) })} · {shops(row.shops)} ·{" "}
          {row.last_used_at ? t("keys.used", { at: dayAndTime(row.last_used_at) }) : t("keys.neverUsed")}
          {row.expires_at && ` · ${t("keys.until", { at: dayAndTime(row.expires_at) })}`}
        </span>
        <span className="quiet small">{row.rights.map((each) => t(`right.${each}`)).join(t("comma"))}</span>
        {problem && <span className="bad">{problem}</span>}
      </div>
      <Popconfirm title={t("keys.endAsk")} onConfirm={() => void end()}>
        <Button>{t("keys.end")}</Button>
      </Popconfirm>
    </li>
  );
}

interface Fields {
  label: string;
  rights: Schemas["Right"][];
  shops: Schemas["WhichShops"];
  expires: string;
}

function Make({ close }: { close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const mine = useMe().account.shops;
  const [made, setMade] = useState<Schemas["ApiKeyMade"] | null>(null);
  const [first] = useState<Fields>(() => ({ label: "", rights: ["chats.read"], shops: mine, expires: "" }));
  const save = async ({ expires, ...wanted }: Fields) => {
    // The whole of its last day, where this browser is.
    const expires_at = expires ? new Date(`${expires}T23:59:59`).toISOString() : null;
    setMade(await given(house.POST("/v1/api-keys", { body: { ...wanted, expires_at } })));
    await queries.invalidateQueries({ queryKey: keysKey });
  };
  if (made)
    return (
      <ShownOnce title={t("keys.made")} text={made.whole} close={close}>
        <p>{t("keys.madeHint")}</p>
      </ShownOnce>
    );
  return (
    <EditDrawer title={t("keys.make")} first={first} places={{ "name.": "label" }} save={save} close={close} staysAfter>
      <Form.Item
        name="label"
        label={t("keys.label")}
        extra={t("keys.labelHint")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("needName") }]}
      >
        <Input autoComplete="off" placeholder="ERP" />
      </Form.Item>
      <WhichShops />
      <RightsField />
      <Form.Item name="expires" label={t("keys.expires")} extra={t("keys.expiresHint")}>
        <Input type="date" />
      </Form.Item>
    </EditDrawer>
  );
}
