/** Shops with their channels; one channel opens as a page of its own. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { shopsQuery } from "../../../lib/shops";
import { usePlace } from "../parts/place";
import { Failed, Nothing, Waiting } from "../parts/states";
import { ChannelPage } from "./ChannelPage";
import { Channels } from "./Channels";
import { ShopDrawer } from "./ShopDrawer";
import { usePackTitle } from "./shops";

export function Show() {
  const { t } = useTranslation("settings");
  const me = useMe();
  const place = usePlace();
  const told = useQuery(shopsQuery);
  const [open, setOpen] = useState<Schemas["ShopTold"] | "new" | null>(null);
  if (place.shop && place.channel) return <ChannelPage shop={place.shop} channel={place.channel} />;
  const mayAdd = me.rights.includes("shops.manage") && me.account.shops.every;
  return (
    <>
      {mayAdd && (
        <div className="bar">
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("shopsPage.add")}
          </Button>
        </div>
      )}
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {told.data?.length === 0 && <Nothing>{t("shopsPage.none")}</Nothing>}
      {told.data?.map((each) => (
        <Shop key={each.id} shop={each} change={() => setOpen(each)} />
      ))}
      {open && <ShopDrawer shop={open === "new" ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

function Shop({ shop, change }: { shop: Schemas["ShopTold"]; change: () => void }) {
  const { t } = useTranslation("settings");
  const may = useMe().rights.includes("shops.manage");
  const packTitle = usePackTitle();
  return (
    <section className="panel">
      <header>
        <h2>{shop.name}</h2>
        {!shop.active && <span className="tag lost">{t("shopsPage.closed")}</span>}
        <span className="quiet small">
          {packTitle(shop.pack)} · {shop.timezone}
        </span>
        <span className="grow" />
        {may && <Button onClick={change}>{t("change")}</Button>}
      </header>
      <Channels shop={shop.id} />
    </section>
  );
}
