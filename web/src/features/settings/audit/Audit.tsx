/** Who did what to what, newest first, with what it was before and after. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import { given, house, type Schemas } from "../../../lib/house";
import { useLive } from "../../../live/store";
import { useWho } from "../parts/names";
import { Failed, Nothing, Waiting } from "../parts/states";

type Deed = Schemas["AuditDeed"];

export function Show() {
  const { t } = useTranslation("settings");
  const [subject, setSubject] = useState("");
  const told = useInfiniteQuery({
    queryKey: ["audit", subject],
    queryFn: ({ pageParam }) =>
      given(
        house.GET("/v1/audit", { params: { query: { limit: 50, cursor: pageParam, subject: subject || undefined } } }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const deeds = told.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel">
      <header>
        <Input.Search
          className="seek"
          allowClear
          aria-label={t("audit.subject")}
          placeholder={t("audit.subject")}
          onSearch={(text) => setSubject(text.trim())}
        />
        <span className="quiet small">{t("audit.subjectHint")}</span>
      </header>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {told.data && deeds.length === 0 && <Nothing>{t("audit.none")}</Nothing>}
      <ol className="listing">
        {deeds.map((each) => (
          <Row key={each.number} deed={each} pick={setSubject} />
        ))}
      </ol>
      {told.hasNextPage && (
        <Button loading={told.isFetchingNextPage} onClick={() => void told.fetchNextPage()}>
          {t("audit.older")}
        </Button>
      )}
    </section>
  );
}

function Row({ deed, pick }: { deed: Deed; pick: (subject: string) => void }) {
  const { t } = useTranslation("settings");
  const who = useWho();
  const people = useLive((each) => each.people);
  const about = people.get(deed.subject)?.name ?? deed.subject;
  const changes = changed(deed);
  return (
    <li>
      <div className="what">
        <b>
          {who(deed.account)} {t(`audit.what.${deed.what}`, { defaultValue: deed.what })}
        </b>
        <span>
          <button type="button" className="link" title={t("audit.only")} onClick={() => pick(deed.subject)}>
            {about}
          </button>
        </span>
        {changes.length > 0 && (
          <details className="small">
            <summary>{t("audit.changes", { count: changes.length })}</summary>
            <dl className="changes">
              {changes.map(([field, before, after]) => (
                <div key={field}>
                  <dt>{field}</dt>
                  <dd>
                    <del>{before}</del> → <ins>{after}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
      <span className="side small quiet">
        {dayAndTime(deed.at)}
        <br />
        {deed.address}
      </span>
    </li>
  );
}

/** Every field that is another than before. */
function changed({ before, after }: Deed): [string, string, string][] {
  const [was, is] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  const fields = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  return fields
    .map((field): [string, string, string] => [field, told(was?.[field]), told(is?.[field])])
    .filter(([, one, other]) => one !== other);
}

const told = (value: unknown): string =>
  value === undefined || value === null ? "–" : typeof value === "string" ? value : JSON.stringify(value);
