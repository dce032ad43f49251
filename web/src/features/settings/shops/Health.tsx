/** How a channel is: when it was last heard, whether it takes what is sent, whether its clock is right. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSecond } from "../../../lib/clock";
import { dayAndTime, shortTime } from "../../../lib/format";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { TryOut } from "../parts/TryOut";
import { healthQuery } from "./shops";

const CLOCK_SECONDS = 2;

/** One word, and its colour only as a second sign. */
export function HealthMark({ shop, channel }: { shop: string; channel: string }) {
  const { t } = useTranslation("settings");
  const { data } = useQuery(healthQuery(shop, channel));
  const now = useSecond();
  if (!data) return null;
  if (data.failing_since) return <span className="tag bad">{t("health.failing")}</span>;
  if (data.messages_failed > 0)
    return <span className="tag warn">{t("health.failed", { count: data.messages_failed })}</span>;
  if (!data.heard_at) return <span className="tag">{t("health.silent")}</span>;
  return <span className="tag ok">{t("health.heard", { at: shortTime(data.heard_at, now) })}</span>;
}

export function Health({ shop, channel, isSending }: { shop: string; channel: string; isSending: boolean }) {
  const { t } = useTranslation("settings");
  const { data } = useQuery(healthQuery(shop, channel));
  return (
    <section className="panel">
      <header>
        <h2>{t("health.title")}</h2>
        <HealthMark shop={shop} channel={channel} />
      </header>
      {data && <Facts health={data} />}
      {isSending && <Trial shop={shop} channel={channel} />}
    </section>
  );
}

function Facts({ health }: { health: Schemas["HealthTold"] }) {
  const { t } = useTranslation("settings");
  const ahead = Math.abs(health.clock_ahead_seconds);
  return (
    <ul className="facts">
      <li>{health.heard_at ? t("health.heardAt", { at: dayAndTime(health.heard_at) }) : t("health.neverHeard")}</li>
      <li className={ahead > CLOCK_SECONDS ? "warn" : ""}>
        {ahead > CLOCK_SECONDS
          ? t(health.clock_ahead_seconds > 0 ? "health.ahead" : "health.behind", { seconds: ahead.toFixed(1) })
          : t("health.clockRight")}
      </li>
      {health.failing_since && (
        <li className="bad">
          {t("health.failingSince", { at: dayAndTime(health.failing_since), reason: health.failing_reason ?? "" })}
        </li>
      )}
      <li className={health.messages_failed > 0 ? "warn" : ""}>
        {t("health.messages", { waiting: health.messages_waiting, failed: health.messages_failed })}
      </li>
    </ul>
  );
}

function Trial({ shop, channel }: { shop: string; channel: string }) {
  const may = useMe().rights.includes("webhooks.manage");
  const params = { path: { shop, channel } };
  return may ? (
    <TryOut ask={() => given(house.POST("/v1/shops/{shop}/channels/{channel}/trials", { params }))} />
  ) : null;
}
