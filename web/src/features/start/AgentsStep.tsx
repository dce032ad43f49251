/** The first colleagues: a link for each, shown once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Copied } from "../../design/Copied";
import { given, house } from "../../lib/house";
import { useAsking } from "./asking";
import { peopleQuery, type StepProps } from "./progress";

interface Made {
  id: string;
  role: string;
  link: string;
}

export function AgentsStep({ shop, next, below }: StepProps) {
  const { t } = useTranslation("start");
  const queries = useQueryClient();
  const { problem, isBusy, run } = useAsking();
  const { data: people } = useQuery(peopleQuery);
  const [role, setRole] = useState("agent");
  const [made, setMade] = useState<readonly Made[]>([]);
  const invite = () =>
    run(async () => {
      const kept = await given(house.POST("/v1/invitations", { body: { role, shops: { only: [shop] } } }));
      const link = `${location.origin}/join#${kept.token}`;
      setMade((before) => [...before, { id: kept.invitation.id, role, link }]);
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
    });
  return (
    <div className="start-form">
      <Radio.Group
        optionType="button"
        aria-label={t("agents.role")}
        value={role}
        onChange={({ target }) => setRole(target.value as string)}
        options={["agent", "lead"].map((value) => ({ value, label: t(`agents.roles.${value}`) }))}
      />
      <p className="quiet">{t(`agents.roleAbout.${role}`)}</p>
      <Button onClick={() => void invite()} loading={isBusy}>
        {t(made.length === 0 ? "agents.make" : "agents.another")}
      </Button>
      {problem && <Alert type="error" showIcon title={problem} />}
      {made.map((each, at) => (
        <section key={each.id}>
          <p>{t("agents.link", { number: at + 1, role: t(`agents.roles.${each.role}`) })}</p>
          <Copied text={each.link} />
        </section>
      ))}
      {made.length > 0 && <p className="quiet">{t("agents.once")}</p>}
      {made.length === 0 && people && people.invited > 0 && (
        <p className="quiet">{t("agents.already", { count: people.invited })}</p>
      )}
      <div className="start-below">
        {below}
        <Button type="primary" onClick={next}>
          {t("next")}
        </Button>
      </div>
    </div>
  );
}
