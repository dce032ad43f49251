/** Everything that all screens stand on: theme, language, the house's answers, addresses. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { still, useMode } from "../design/mode";
import { antTheme } from "../design/theme";
import { onLoggedOut, Refusal } from "../lib/house";
import { meQuery } from "../lib/session";
import { makeRouter } from "./routes";

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (failures, error) => !(error instanceof Refusal) && failures < 2, staleTime: 5_000 },
  },
});
onLoggedOut(() => queries.setQueryData(meQuery.queryKey, null));
const router = makeRouter(queries);

export function Root() {
  const { i18n } = useTranslation();
  const mode = useMode((each) => each.mode);
  const theme = useMemo(() => antTheme(mode, still), [mode]);
  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === "zh" ? zh : en}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
    >
      <App component={false}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
