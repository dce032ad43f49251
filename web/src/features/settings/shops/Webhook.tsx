/** How a program hands events in and where ours go out; its secrets are shown once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Copied } from "../../../design/Copied";
import { dayAndTime } from "../../../lib/format";
import { given, house, type Schemas } from "../../../lib/house";
import { DocumentForm } from "../parts/DocumentForm";
import { useDeeds } from "../parts/deeds";
import { ShownOnce } from "../parts/ShownOnce";
import { Nothing } from "../parts/states";

type Told = Schemas["WebhookTold"];
interface Place {
  shop: string;
  channel: string;
}

const standing = (told: Told) => ({ value: told, version: told.version });

export function Webhook(place: Place) {
  const { t } = useTranslation("settings");
  const params = { path: place };
  const document = {
    key: ["webhook", place.shop, place.channel],
    read: async () => standing(await given(house.GET("/v1/shops/{shop}/channels/{channel}/webhook", { params }))),
    save: async (wanted: { to: string | null; sends: string[] | null }, expected_version: number | null) => {
      const body = { ...wanted, expected_version };
      return standing(await given(house.PUT("/v1/shops/{shop}/channels/{channel}/webhook", { params, body })));
    },
  };
  return (
    <>
      <section className="panel">
        <header>
          <h2>{t("webhook.in")}</h2>
        </header>
        <Secrets {...place} />
      </section>
      <section className="panel">
        <header>
          <h2>{t("webhook.out")}</h2>
        </header>
        <DocumentForm
          document={document}
          fields={(told: Told | null) => ({ to: told?.to ?? "", sends: told?.sends ?? null })}
          wanted={({ to, sends }) => ({ to: to.trim() || null, sends })}
        >
          <Form.Item name="to" label={t("webhook.to")} extra={t("webhook.toHint")}>
            <Input inputMode="url" placeholder="https://erp.example.com/miaohui" />
          </Form.Item>
        </DocumentForm>
      </section>
    </>
  );
}

function Secrets(place: Place) {
  const { t } = useTranslation("settings");
  const params = { path: place };
  const queries = useQueryClient();
  const key = ["webhook-secrets", place.shop, place.channel];
  const { run, problem } = useDeeds(key);
  const [made, setMade] = useState<Schemas["SecretMade"] | null>(null);
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => given(house.GET("/v1/shops/{shop}/channels/{channel}/webhook", { params })),
  });
  const make = () =>
    run(async () => {
      setMade(await given(house.POST("/v1/shops/{shop}/channels/{channel}/webhook/secrets", { params })));
      await queries.invalidateQueries({ queryKey: ["webhook", place.shop, place.channel] });
    }, true);
  const drop = (secret_id: string) =>
    run(() =>
      given(
        house.DELETE("/v1/shops/{shop}/channels/{channel}/webhook/secrets/{secret_id}", {
          params: { path: { ...place, secret_id } },
        }),
      ),
    );
  return (
    <div className="lined">
      <p className="quiet">{t("webhook.about")}</p>
      {data?.path && <Copied text={location.origin + data.path} label={t("webhook.copyDoor")} />}
      {data?.secrets.length === 0 && <Nothing>{t("webhook.noSecret")}</Nothing>}
      <ul className="listing">
        {data?.secrets.map((each) => (
          <li key={each.id}>
            <div className="what">
              <b>{t("webhook.secret", { id: each.id })}</b>
              <span className="quiet small">{t("webhook.madeAt", { at: dayAndTime(each.made_at) })}</span>
            </div>
            <Popconfirm title={t("webhook.dropAsk")} onConfirm={() => void drop(each.id)}>
              <Button>{t("webhook.drop")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      {problem && <p className="bad">{problem}</p>}
      <div>
        <Button type={data?.secrets.length === 0 ? "primary" : "default"} onClick={() => void make()}>
          {t("webhook.make")}
        </Button>
      </div>
      {made && (
        <ShownOnce title={t("webhook.made")} text={made.secret} close={() => setMade(null)}>
          <p>{t("webhook.madeHint")}</p>
        </ShownOnce>
      )}
    </div>
  );
}
