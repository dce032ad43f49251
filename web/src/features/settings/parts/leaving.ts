/** Nobody loses what they typed by a slip: leaving a changed form asks first. */
import { useBlocker } from "@tanstack/react-router";
import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Ask whether to drop what was typed; true: drop it. */
export function useAsking(): () => Promise<boolean> {
  const { modal } = App.useApp();
  const { t } = useTranslation("settings");
  return useCallback(
    async () =>
      await modal.confirm({
        title: t("leave.title"),
        content: t("leave.text"),
        okText: t("leave.drop"),
        cancelText: t("leave.stay"),
        okButtonProps: { danger: true },
      }),
    [modal, t],
  );
}

export function useLeaving(isDirty: () => boolean): void {
  const ask = useAsking();
  useBlocker({ shouldBlockFn: async () => isDirty() && !(await ask()), enableBeforeUnload: isDirty });
}
