/** The settings: their list at the left, one page at the right; on a phone one after the other. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Link, Navigate, Outlet, useParams, useSearch } from "@tanstack/react-router";
import { Spin } from "antd";
import { Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session";
import { pagesFor } from "./pages";
import "./settings.css";

const GROUPS = ["mine", "people", "shops", "alarms", "house"] as const;
const wide = matchMedia("(min-width: 701px)");
const useWide = () =>
  useSyncExternalStore(
    (changed) => {
      wide.addEventListener("change", changed);
      return () => wide.removeEventListener("change", changed);
    },
    () => wide.matches,
  );

export function Settings() {
  const { page } = useParams({ strict: false }) as { page?: string };
  const [first] = pagesFor(useMe().rights);
  const isWide = useWide();
  if (page === undefined && isWide && first)
    return <Navigate to="/settings/$page" params={{ page: first.name }} replace />;
  return (
    <div className={page === undefined ? "settings" : "settings has-page"}>
      <List />
      <div className="settings-page">
        <Outlet />
      </div>
    </div>
  );
}

function List() {
  const { t } = useTranslation("settings");
  const seen = pagesFor(useMe().rights);
  const { shop } = useSearch({ strict: false }) as { shop?: string };
  return (
    <nav className="settings-list" aria-label={t("settings")}>
      {GROUPS.filter((group) => seen.some((each) => each.group === group)).map((group) => (
        <section key={group}>
          <h2>{t(`group.${group}`)}</h2>
          {seen
            .filter((each) => each.group === group)
            .map((each) => (
              <Link
                key={each.name}
                to="/settings/$page"
                params={{ page: each.name }}
                search={{ shop }}
                activeProps={{ className: "here" }}
                activeOptions={{ includeSearch: false }}
              >
                {t(`page.${each.name}`)}
              </Link>
            ))}
        </section>
      ))}
    </nav>
  );
}

export function SettingsPage() {
  const { t } = useTranslation("settings");
  const { page } = useParams({ strict: false }) as { page?: string };
  const found = pagesFor(useMe().rights).find((each) => each.name === page);
  if (!found) return <p className="page-middle">{t("noSuchPage")}</p>;
  return (
    <article className="settings-body" key={found.name}>
      <header>
        <Link to="/settings" className="settings-back" aria-label={t("toList")}>
          <ArrowLeftOutlined />
        </Link>
        <h1>{t(`page.${found.name}`)}</h1>
        <p className="quiet">{t(`about.${found.name}`)}</p>
      </header>
      <Suspense fallback={<Spin className="settings-wait" />}>
        <found.Show />
      </Suspense>
    </article>
  );
}
