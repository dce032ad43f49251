/** The rail, the top bar, and the line to the house that all screens share. */
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, useMe } from "../lib/session";
import { flush, openLine } from "../live/line";
import { takeUp } from "../live/unsent";
import { health } from "./health";
import { places } from "./places";
import { registerWorker } from "./push";
import { TopBar } from "./TopBar";
import { Urgent } from "./Urgent";
import "./shell.css";

export function Shell() {
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    takeUp(me.account.id, flush);
    return openLine(health, () => {
      queries.setQueryData(meQuery.queryKey, null);
      void navigate({ to: "/login" });
    });
  }, [me.account.id, queries, navigate]);
  useEffect(() => void registerWorker((path) => void navigate({ to: path })), [navigate]);
  return (
    <div className="shell">
      <Rail />
      <TopBar />
      <main className="screen">
        <Outlet />
      </main>
      <Urgent />
    </div>
  );
}

function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <nav className="rail" aria-label={t("screens")}>
      <span className="mark" aria-hidden="true">
        秒
      </span>
      {places
        .filter((each) => each.right === null || me.rights.includes(each.right))
        .map(({ to, name, icon: Icon, last }) => (
          <Link
            key={to}
            to={to}
            className={last ? "place last" : "place"}
            activeProps={{ className: "here" }}
            activeOptions={{ exact: to === "/", includeSearch: false }}
          >
            <Icon aria-hidden="true" />
            <span>{t(name)}</span>
          </Link>
        ))}
    </nav>
  );
}
