/** Links that nobody has used yet. */
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import { given, house } from "../../../lib/house";
import { useDeeds } from "../parts/deeds";
import { useRoleName, useShopNames, useWho } from "../parts/names";
import { invitationsQuery } from "./accounts";

export function Invitations() {
  const { t } = useTranslation("settings");
  const { run, problem } = useDeeds(["invitations"]);
  const { data } = useQuery(invitationsQuery);
  const [roleName, shops, who] = [useRoleName(), useShopNames(), useWho()];
  if (!data || data.length === 0) return null;
  const withdraw = (id: string) =>
    run(() => given(house.DELETE("/v1/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })));
  return (
    <section className="panel">
      <header>
        <h2>{t("invite.open")}</h2>
      </header>
      {problem && <p className="bad">{problem}</p>}
      <ul className="listing">
        {data.map((each) => (
          <li key={each.id}>
            <div className="what">
              <b>
                {roleName(each.role)} · {shops(each.shops)}
              </b>
              <span className="quiet small">
                {t("invite.sent", { who: who(each.invited_by), until: dayAndTime(each.expires_at) })}
              </span>
            </div>
            <Popconfirm title={t("invite.withdrawAsk")} onConfirm={() => void withdraw(each.id)}>
              <Button>{t("invite.withdraw")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </section>
  );
}
