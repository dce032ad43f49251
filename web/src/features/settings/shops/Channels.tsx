/** The channels of a shop, each with how it is. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { useGo } from "../parts/place";
import { Failed, Nothing, Waiting } from "../parts/states";
import { AddChannel } from "./AddChannel";
import { HealthMark } from "./Health";
import { channelsQuery } from "./shops";

export function Channels({ shop }: { shop: string }) {
  const { t } = useTranslation("settings");
  const may = useMe().rights.includes("shops.manage");
  const told = useQuery(channelsQuery(shop));
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {told.data?.length === 0 && <Nothing>{t("channel.none")}</Nothing>}
      <ul className="listing">
        {told.data?.map((each) => (
          <Row key={each.id} shop={shop} channel={each} />
        ))}
      </ul>
      {may && (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t("channel.add")}
        </Button>
      )}
      {isAdding && <AddChannel shop={shop} close={() => setAdding(false)} />}
    </>
  );
}

function Row({ shop, channel }: { shop: string; channel: Schemas["ChannelTold"] }) {
  const { t } = useTranslation("settings");
  const go = useGo();
  return (
    <li className={channel.active ? "" : "off"}>
      <button type="button" className="what" onClick={() => go({ shop, channel: channel.id })}>
        <b>
          {channel.name}
          {!channel.active && <span className="tag lost">{t("channel.closed")}</span>}
        </b>
        <span className="quiet small">
          {t(`channel.kind.${channel.kind}`, { defaultValue: channel.kind })}
          {channel.in_settings_file && ` · ${t("channel.inFile")}`}
        </span>
      </button>
      <span className="side">{channel.active && <HealthMark shop={shop} channel={channel.id} />}</span>
    </li>
  );
}
