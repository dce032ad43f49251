/** The next hour: who is there for it. How many it will take, planning will say; nothing is guessed. */
import { useTranslation } from "react-i18next";
import type { ShopNow } from "../../live/state";
import { usePresence } from "./Agents";
import { isHere, roomLeft } from "./agents";

export function NextHour({ now }: { now: ShopNow }) {
  const { t } = useTranslation("wall");
  const presence = usePresence();
  const here = now.agents.filter((each) => isHere(presence(each)));
  return (
    <section className="panel next-hour">
      <h2>{t("nextHour")}</h2>
      <p className="big">
        {here.length} <small>{t("onDuty")}</small>
      </p>
      <p>{t("room", { count: roomLeft(now.agents, presence) })}</p>
      <p className="quiet" title={t("planningComes")}>
        {t("planningComes")}
      </p>
    </section>
  );
}
