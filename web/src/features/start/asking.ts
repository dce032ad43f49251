/** A step sent to the house: under way, or refused with its sentences. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../lib/house";

export function useAsking() {
  const { t } = useTranslation("start");
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const run = async (deed: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem("");
    try {
      await deed();
      return true;
    } catch (error) {
      setProblem(error instanceof Refusal ? error.message : t("offline"));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { problem, isBusy, run };
}
