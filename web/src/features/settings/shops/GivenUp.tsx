/** Messages of a channel that were given up, to be sent once more. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import { given, house } from "../../../lib/house";
import { useDeeds } from "../parts/deeds";
import { useWho } from "../parts/names";

export function GivenUp({ shop, channel }: { shop: string; channel: string }) {
  const { t } = useTranslation("settings");
  const who = useWho();
  const { run, problem } = useDeeds(["outgoing", shop]);
  const { data } = useQuery({
    queryKey: ["outgoing", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/outgoing", { params: { path: { shop }, query: { limit: 200 } } })),
  });
  const failed = (data?.items ?? []).filter((each) => each.channel === channel);
  if (failed.length === 0) return null;
  const again = (seq: number) =>
    run(() => given(house.POST("/v1/shops/{shop}/outgoing/{seq}/resending", { params: { path: { shop, seq } } })));
  return (
    <section className="panel">
      <header>
        <h2>{t("givenUp.title", { count: failed.length })}</h2>
      </header>
      {problem && <p className="bad">{problem}</p>}
      <ul className="listing">
        {failed.map((each) => (
          <li key={each.seq}>
            <div className="what">
              <b>{t("givenUp.of", { who: who(each.account), at: dayAndTime(each.at) })}</b>
              <span className="quiet small">
                {t("givenUp.why", { attempts: each.attempts, reason: each.reason ?? "" })}
              </span>
            </div>
            <Button onClick={() => void again(each.seq)}>{t("givenUp.again")}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
