/** One's second factor: offered with a square code, in use once its first code confirms it, given up with a proof. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, QRCode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Copied } from "../../../design/Copied";
import { given, house, type Schemas } from "../../../lib/house";
import { useDeeds } from "../parts/deeds";
import { EditDrawer } from "../parts/EditDrawer";
import { ShownOnce } from "../parts/ShownOnce";

type Offer = Schemas["miaohui.api.second_factor.Offer"];

export const factorQuery = queryOptions({
  queryKey: ["my-second-factor"],
  queryFn: () => given(house.GET("/v1/me/second-factor")),
});

export function SecondFactor() {
  const { t } = useTranslation("settings");
  const { data } = useQuery(factorQuery);
  const { run, problem } = useDeeds(factorQuery.queryKey);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const ask = () => run(async () => setOffer(await given(house.POST("/v1/me/second-factor"))), true);
  return (
    <section className="panel">
      <header>
        <h2>{t("factor.title")}</h2>
        {data && <span className={data.in_use ? "tag ok" : "tag"}>{t(data.in_use ? "factor.on" : "factor.off")}</span>}
      </header>
      <p className="quiet">
        {data?.in_use ? t("factor.left", { count: data.recovery_codes_left }) : t("factor.about")}
      </p>
      {problem && <p className="bad">{problem}</p>}
      <div className="bar">
        <Button type={data?.in_use ? "default" : "primary"} onClick={() => void ask()}>
          {t(data?.in_use ? "factor.renew" : "factor.begin")}
        </Button>
        {data?.in_use && <Button onClick={() => setLeaving(true)}>{t("factor.giveUp")}</Button>}
      </div>
      {offer && <Confirm offer={offer} close={() => setOffer(null)} />}
      {isLeaving && <GiveUp close={() => setLeaving(false)} />}
    </section>
  );
}

function Confirm({ offer, close }: { offer: Offer; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const save = async ({ code }: { code: string }) => {
    const told = await given(house.PUT("/v1/me/second-factor", { body: { code: code.trim() } }));
    setCodes(told.recovery_codes);
    await queries.invalidateQueries({ queryKey: factorQuery.queryKey });
  };
  if (codes)
    return (
      <ShownOnce title={t("factor.codes")} text={codes.join("\n")} close={close}>
        <p>{t("factor.codesHint")}</p>
      </ShownOnce>
    );
  return (
    <EditDrawer
      title={t("factor.begin")}
      first={{ code: "" }}
      places={{ "login.": "code" }}
      save={save}
      close={close}
      deed={t("factor.confirm")}
      staysAfter
    >
      <p>{t("factor.scan")}</p>
      <div className="square">
        <QRCode value={offer.address} type="svg" size={184} color="#181B22" bgColor="#FFFFFF" />
      </div>
      <p className="quiet">{t("factor.typeIt")}</p>
      <Copied text={offer.secret} />
      <Form.Item name="code" label={t("factor.firstCode")} rules={[{ required: true, message: t("me.needCode") }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" autoFocus />
      </Form.Item>
    </EditDrawer>
  );
}

function GiveUp({ close }: { close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const save = async (body: Schemas["Proof"]) => {
    await given(house.DELETE("/v1/me/second-factor", { body }));
    await queries.invalidateQueries({ queryKey: factorQuery.queryKey });
  };
  return (
    <EditDrawer
      title={t("factor.giveUp")}
      first={{ password: "", code: "" }}
      places={{ "login.": "code" }}
      save={save}
      close={close}
      deed={t("factor.giveUp")}
    >
      <p>{t("factor.giveUpHint")}</p>
      <Form.Item name="password" label={t("me.old")} rules={[{ required: true, message: t("me.needOld") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="code" label={t("factor.codeOrRecovery")} rules={[{ required: true, message: t("me.needCode") }]}>
        <Input autoComplete="one-time-code" />
      </Form.Item>
    </EditDrawer>
  );
}
