/** Small deeds without a form: done and said so, or what stands in the way. */
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../../lib/house";

interface Deeds {
  problem: string;
  /** True where it was done; `quietly`: what comes of it is to be seen anyway. */
  run(deed: () => Promise<unknown>, quietly?: boolean): Promise<boolean>;
}

/** `changed`: what the house has to be asked for again afterwards. */
export function useDeeds(changed: readonly string[]): Deeds {
  const { t } = useTranslation("settings");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState("");
  const run = async (deed: () => Promise<unknown>, quietly = false): Promise<boolean> => {
    try {
      await deed();
      setProblem("");
      await queries.invalidateQueries({ queryKey: changed });
      if (!quietly) void message.success(t("done"));
      return true;
    } catch (error) {
      setProblem(error instanceof Refusal ? error.message : t("offline"));
      return false;
    }
  };
  return { run, problem };
}
