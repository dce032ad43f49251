/** Who waits longest, who can still be saved, and how many there are. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Ring } from "../../design/Ring";
import { useSecond } from "../../lib/clock";
import type { ShopNow } from "../../live/state";
import { useLive } from "../../live/store";
import { atTheDesk, waitingIn } from "./links";
import { useWait } from "./words";

const HOUR_MS = 3_600_000;
type Waits = NonNullable<ShopNow["longest"]>;

export function Queue({ now }: { now: ShopNow }) {
  const { t } = useTranslation("wall");
  const { longest, urgent } = now;
  const ring = urgent ?? (longest?.deadline ? longest : null);
  return (
    <section className="panel queue" aria-label={t("waitingNow")}>
      <div>
        <h2>{t("longest")}</h2>
        {longest ? <Longest waits={longest} /> : <p className="big quiet">–</p>}
        <dl className="counts">
          <Count name={t("waiting")} value={now.waiting ?? 0} link={waitingIn(now.shop)} />
          <Count name={t("unassigned")} value={now.in_line ?? 0} tone="warn" link={waitingIn(now.shop, "nobody")} />
          <Count name={t("late")} value={now.lost ?? 0} tone="lost" link={waitingIn(now.shop)} />
        </dl>
      </div>
      {ring?.deadline ? (
        <Link {...atTheDesk(ring.chat)} className="queue-ring">
          <Ring deadline={ring.deadline} since={ring.since} size={172} />
          <Whose waits={ring} />
        </Link>
      ) : (
        <p className="quiet all-answered">{longest ? "" : t("allAnswered")}</p>
      )}
    </section>
  );
}

function Longest({ waits }: { waits: Waits }) {
  const now = useSecond();
  const wait = useWait();
  return (
    <Link {...atTheDesk(waits.chat)} className="longest">
      <span className={now - Date.parse(waits.since) < HOUR_MS ? "big" : "big hours-long"}>
        {wait(waits.since, now)}
      </span>
      <Whose waits={waits} />
    </Link>
  );
}

function Whose({ waits }: { waits: Waits }) {
  const { t } = useTranslation("wall");
  const name = useLive((each) => (waits.account ? each.people.get(waits.account)?.name : undefined));
  return <span className="whose ellipsis">{waits.account ? (name ?? waits.account) : t("nobodys")}</span>;
}

type Links = ReturnType<typeof waitingIn>;

function Count({ name, value, tone = "", link }: { name: string; value: number; tone?: string; link: Links }) {
  return (
    <div>
      <dt title={name}>{name}</dt>
      <dd className={value > 0 ? tone : "none"}>
        <Link {...link} aria-label={`${name} ${value}`}>
          {value}
        </Link>
      </dd>
    </div>
  );
}
