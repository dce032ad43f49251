/** A page about one shop: which one stands in the address, and is chosen on top where there are several. */
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { shopsQuery } from "../../../lib/shops";
import { useGo, usePlace } from "./place";
import { Failed, Nothing, Waiting } from "./states";

export function OfShop({ children }: { children: (shop: string) => ReactNode }) {
  const { t } = useTranslation("settings");
  const place = usePlace();
  const go = useGo();
  const told = useQuery(shopsQuery);
  if (told.isPending) return <Waiting />;
  if (told.isError) return <Failed error={told.error} again={() => void told.refetch()} />;
  const shop = told.data.find((each) => each.id === place.shop) ?? told.data[0];
  if (!shop) return <Nothing>{t("shopsPage.none")}</Nothing>;
  return (
    <>
      {told.data.length > 1 && (
        <div className="bar">
          <span>{t("shop")}</span>
          <Select
            aria-label={t("shop")}
            value={shop.id}
            onChange={(id) => go({ shop: id })}
            options={told.data.map((each) => ({ value: each.id, label: each.name }))}
            showSearch={{ optionFilterProp: "label" }}
            style={{ minWidth: 200 }}
          />
        </div>
      )}
      {children(shop.id)}
    </>
  );
}
