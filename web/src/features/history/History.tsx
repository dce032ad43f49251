/** Chats of all times: looked for, listed, and read at the place that was found. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session";
import { Filters } from "./Filters";
import { FoundList } from "./FoundList";
import { Reading } from "./Reading";
import { filtersOf, type HistorySearch } from "./search";
import { takeUpViews } from "./views";
import "./history.css";

export function History() {
  const { t } = useTranslation("history");
  const me = useMe();
  const search = useSearch({ from: "/inside/history" });
  const navigate = useNavigate();
  useEffect(() => takeUpViews(me.account.id), [me.account.id]);
  const look = useCallback(
    (next: HistorySearch) => void navigate({ to: "/history", search: next, replace: true }),
    [navigate],
  );
  const read = useCallback(
    (chat: string | undefined, seq: number | undefined) =>
      void navigate({ to: "/history", search: (was) => ({ ...filtersOf(was as HistorySearch), chat, seq }) }),
    [navigate],
  );
  return (
    <div className={`history ${search.chat ? "reads" : ""}`}>
      <section className="history-left" aria-label={t("found")}>
        <Filters search={search} look={look} />
        <FoundList search={search} read={read} />
      </section>
      {search.chat ? (
        <Reading
          key={`${search.chat} ${search.seq ?? ""}`}
          chat={search.chat}
          seq={search.seq}
          close={() => read(undefined, undefined)}
        />
      ) : (
        <p className="history-none page-middle">{t("pickOne")}</p>
      )}
    </div>
  );
}
