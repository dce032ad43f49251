/** A card for everybody who answers; of many, for those closest to trouble. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Ring } from "../../design/Ring";
import type { ShopNow } from "../../live/state";
import { useLive } from "../../live/store";
import { type Agent, byTrouble, isHere, SHOWN_AGENTS } from "./agents";
import { atTheDesk, waitingIn } from "./links";

/** As told last: people's presence comes at once, a shop's figures only with the next event. */
export function usePresence(): (agent: Agent) => string {
  const people = useLive((each) => each.people);
  return (agent) => people.get(agent.account)?.presence ?? agent.presence;
}

export function Agents({ now }: { now: ShopNow }) {
  const { t } = useTranslation("wall");
  const presence = usePresence();
  const all = byTrouble(now.agents, presence);
  const shown = all.slice(0, SHOWN_AGENTS);
  if (all.length === 0) return <p className="panel agents-none">{t("noAgents")}</p>;
  return (
    <section className="agents" aria-label={t("agents")}>
      {shown.map((each) => (
        <Card key={each.account} agent={each} shop={now.shop} presence={presence(each)} />
      ))}
      {all.length > shown.length && (
        <p className="agents-more">
          {t("moreAgents", { count: all.length - shown.length, here: all.filter((a) => isHere(presence(a))).length })}
        </p>
      )}
    </section>
  );
}

function Card({ agent, shop, presence }: { agent: Agent; shop: string; presence: string }) {
  const { t } = useTranslation("wall");
  const name = useLive((each) => each.people.get(agent.account)?.name ?? agent.account);
  const isFull = agent.capacity > 0 && agent.chats >= agent.capacity;
  const here = isHere(presence);
  const link = agent.urgent ? atTheDesk(agent.urgent.chat) : waitingIn(shop, agent.account);
  return (
    <Link {...link} className={`panel agent ${here ? "" : "gone"}`}>
      <div>
        <div className="agent-name">
          <b className="ellipsis">{name}</b>
          {presence !== "online" && <span className="state">{t(`app:presence.${presence}`)}</span>}
          {here && isFull && <span className="full">{t("full")}</span>}
        </div>
        <Load chats={agent.chats} capacity={agent.capacity} isFull={isFull} />
        <div className="agent-line" title={t("ofLate")}>
          {agent.chats} / {agent.capacity} · {t("median", { count: Math.round(agent.seconds_per_reply) })}
        </div>
      </div>
      {agent.urgent?.deadline ? (
        <Ring deadline={agent.urgent.deadline} since={agent.urgent.since} size={84} />
      ) : (
        <span className="no-ring" aria-hidden="true">
          –
        </span>
      )}
    </Link>
  );
}

const MOST_CELLS = 12;

/** A cell for each chat that fits; of many, each stands for several. */
function Load({ chats, capacity, isFull }: { chats: number; capacity: number; isFull: boolean }) {
  const cells = Math.max(1, Math.min(MOST_CELLS, capacity));
  const filled = Math.min(cells, Math.ceil((chats / Math.max(1, capacity)) * cells));
  return (
    <div className={`load ${isFull ? "full" : ""}`} aria-hidden="true">
      {Array.from({ length: cells }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells are all alike
        <span key={at} className={at < filled ? "on" : ""} />
      ))}
    </div>
  );
}
