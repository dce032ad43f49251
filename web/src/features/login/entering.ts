/** The way in, however one comes: done once, shown while it lasts, or what stands in the way. */
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../lib/house";
import { meQuery } from "../../lib/session";

/** Enter, and go where one wanted to; the page on which one entered is no place to go back to. */
export function useEntering() {
  const queries = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation("login");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (enter: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await enter();
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
      router.history.replace(wanted());
    } catch (error) {
      setProblem(error instanceof Refusal ? error.message : t("noHouse"));
    } finally {
      setBusy(false);
    }
  };
  return { problem, isBusy, run };
}

/** Only places of this house. */
function wanted(): string {
  const next = new URLSearchParams(location.search).get("next") ?? "/";
  return next.startsWith("/") && !next.startsWith("//") ? next : "/";
}
