/** The live wall: for a television and for a phone. One shop, or all of them by danger. */
import { useSearch } from "@tanstack/react-router";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useShops } from "../../lib/shops";
import { Overview } from "./Overview";
import { ShopWall } from "./ShopWall";
import "./wall.css";

export function Wall() {
  const { t } = useTranslation("wall");
  const { shop } = useSearch({ from: "/inside/wall" });
  const { shops, error } = useShops();
  if (error && !shops) return <p className="page-middle bad">{error.message || t("noHouse")}</p>;
  if (!shops)
    return (
      <div className="page-middle">
        <Spin />
      </div>
    );
  if (shops.length === 0) return <p className="page-middle">{t("noShops")}</p>;
  const chosen = shops.find((each) => each.id === shop) ?? (shops.length === 1 ? shops[0] : undefined);
  return chosen ? <ShopWall key={chosen.id} shop={chosen} shops={shops} /> : <Overview shops={shops} />;
}
