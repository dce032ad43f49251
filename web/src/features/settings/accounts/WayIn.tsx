/** Where somebody is logged in; a new first password; without second factor; out for good. */
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { useDeeds } from "../parts/deeds";
import { Sessions } from "../parts/Sessions";
import { ShownOnce } from "../parts/ShownOnce";
import { Failed, Waiting } from "../parts/states";
import { type Account, newPassword } from "./accounts";

export function WayIn({ account }: { account: Account }) {
  const { t } = useTranslation("settings");
  const me = useMe().account.id;
  const { run, problem } = useDeeds(["accounts"]);
  const [password, setPassword] = useState<string | null>(null);
  const params = { path: { account_id: account.id } };
  const renew = async () => {
    const first_password = newPassword();
    if (
      await run(() =>
        given(house.PUT("/v1/accounts/{account_id}/first-password", { params, body: { first_password } })),
      )
    )
      setPassword(first_password);
  };
  const activate = (active: boolean) =>
    run(() => given(house.PUT("/v1/accounts/{account_id}/activation", { params, body: { active } })));
  const dropFactor = () => run(() => given(house.DELETE("/v1/accounts/{account_id}/second-factor", { params })));
  return (
    <section className="way-in">
      <h3>{t("wayIn.title")}</h3>
      <AccountSessions account={account} />
      {problem && <p className="bad">{problem}</p>}
      {account.id !== me && (
        <div className="bar">
          <Popconfirm title={t("wayIn.renewAsk")} onConfirm={() => void renew()}>
            <Button>{t("wayIn.renew")}</Button>
          </Popconfirm>
          <Popconfirm title={t("wayIn.dropFactorAsk")} onConfirm={() => void dropFactor()}>
            <Button>{t("wayIn.dropFactor")}</Button>
          </Popconfirm>
          {account.active ? (
            <Popconfirm
              title={t("wayIn.endAsk")}
              description={t("wayIn.endText")}
              onConfirm={() => void activate(false)}
            >
              <Button danger>{t("wayIn.end")}</Button>
            </Popconfirm>
          ) : (
            <Button onClick={() => void activate(true)}>{t("wayIn.back")}</Button>
          )}
        </div>
      )}
      {password && (
        <ShownOnce
          title={t("wayIn.renewed")}
          text={t("accounts.letter", { address: location.origin, name: account.name, password })}
          close={() => setPassword(null)}
        >
          <p>{t("accounts.madeHint")}</p>
        </ShownOnce>
      )}
    </section>
  );
}

function AccountSessions({ account }: { account: Account }) {
  const { t } = useTranslation("settings");
  const { run } = useDeeds(["accounts"]);
  const params = { path: { account_id: account.id } };
  const key = ["sessions", account.id];
  const told = useQuery({
    queryKey: key,
    queryFn: () => given(house.GET("/v1/accounts/{account_id}/sessions", { params })),
  });
  if (told.isPending) return <Waiting />;
  if (told.isError) return <Failed error={told.error} again={() => void told.refetch()} />;
  const endAll = async () => {
    await run(() => given(house.DELETE("/v1/accounts/{account_id}/sessions", { params })));
    await told.refetch();
  };
  return (
    <>
      <Sessions sessions={told.data} />
      {told.data.length > 0 && <Button onClick={() => void endAll()}>{t("wayIn.endAll")}</Button>}
    </>
  );
}
