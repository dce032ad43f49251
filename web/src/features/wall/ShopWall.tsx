/** The wall of one shop. */
import { AppstoreOutlined, FullscreenExitOutlined, FullscreenOutlined } from "@ant-design/icons";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Select, Spin } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { houseNow, useSecond } from "../../lib/clock";
import { dayOf, minuteOfDay, timeToSecond } from "../../lib/format";
import { type Packs, usePacks, useWords } from "../../lib/packs";
import type { ShopTold } from "../../lib/shops";
import { type Rate, ratesOf } from "../../live/rates";
import type { ShopNow } from "../../live/state";
import { useLive } from "../../live/store";
import { Agents } from "./Agents";
import { Alarms } from "./Alarms";
import { Hours } from "./Hours";
import { windowLeft } from "./hours";
import { NextHour } from "./NextHour";
import { type ShopHours, useShopHours, useShopNow } from "./now";
import { Queue } from "./Queue";
import { Hero, Others } from "./Rates";

interface Props {
  shop: ShopTold;
  shops: readonly ShopTold[];
}

const BESIDE = 2;

export function ShopWall({ shop, shops }: Props) {
  const { t } = useTranslation("wall");
  const packs = usePacks();
  const { now, error } = useShopNow(shop.id);
  const hours = useShopHours(shop.id);
  const place = useRef<HTMLDivElement>(null);
  const rates = useMemo(() => (now ? ratesOf(now, packs) : []), [now, packs]);
  const [hero, ...others] = rates;
  if (!now)
    return (
      <div className="page-middle">{error ? <p className="bad">{error.message || t("noHouse")}</p> : <Spin />}</div>
    );
  return (
    <div className="wall" ref={place}>
      <div className="wall-inside">
        <Head shop={shop} shops={shops} now={now} hero={hero} hours={hours} place={place} />
        {hero ? <Hero rate={hero} /> : <p className="panel hero">{t("noChannels")}</p>}
        <Others rates={others.slice(0, BESIDE)} />
        <Queue now={now} />
        <Agents now={now} />
        {hero && <Hours rate={hero} hours={hours} at={Date.parse(now.at)} />}
        <NextHour now={now} />
        <Alarms shop={shop.id} zone={zoneOf(hero, packs, shop)} />
      </div>
    </div>
  );
}

/** On whose clock times are: the platform's. */
const zoneOf = (hero: Rate | undefined, packs: Packs, shop: ShopTold): string =>
  (hero && packs.get(hero.pack)?.zone) ?? shop.timezone;

interface HeadProps extends Props {
  now: ShopNow;
  hero: Rate | undefined;
  hours: ShopHours | undefined;
  place: React.RefObject<HTMLDivElement | null>;
}

function Head({ shop, shops, now, hero, hours, place }: HeadProps) {
  const { t } = useTranslation("wall");
  const packs = usePacks();
  const words = useWords();
  const navigate = useNavigate();
  const second = useSecond();
  const pack = hero && packs.get(hero.pack);
  const zone = zoneOf(hero, packs, shop);
  return (
    <header className="wall-head">
      {shops.length > 1 ? (
        <>
          <Link to="/wall" search={{}} aria-label={t("allShops")} title={t("allShops")} className="wall-all">
            <AppstoreOutlined />
          </Link>
          <Select
            variant="borderless"
            className="wall-shop"
            value={shop.id}
            aria-label={t("shop")}
            options={shops.map((each) => ({ value: each.id, label: each.name }))}
            onChange={(id) => void navigate({ to: "/wall", search: { shop: id } })}
            showSearch={{ optionFilterProp: "label" }}
            popupMatchSelectWidth={false}
          />
        </>
      ) : (
        <h1 className="ellipsis">{shop.name}</h1>
      )}
      <span className="ellipsis wall-day">
        {pack ? `${words(pack.title)} · ` : ""}
        {dayOf(second, zone)}
      </span>
      <span className="grow" />
      <Stale at={now.at} zone={zone} />
      {hero && <Window hero={hero} hours={hours} zone={zone} />}
      <time className="wall-clock">{timeToSecond(second, zone)}</time>
      <FullScreen place={place} />
    </header>
  );
}

function Window({ hero, hours, zone }: { hero: Rate; hours: ShopHours | undefined; zone: string }) {
  const { t } = useTranslation("wall");
  const second = useSecond();
  const told = hours?.days[hero.pack]?.rates[hero.metric];
  if (told?.exempt) return <span className="wall-window">{t("exempt")}</span>;
  const left = windowLeft(told, minuteOfDay(second, zone));
  if (!told) return null;
  if (!left) return <span className="wall-window">{t("notAssessed")}</span>;
  return (
    <span className="wall-window">
      {t("window", { span: left.span })}{" "}
      <b>{t("windowLeft", { hours: Math.floor(left.left / 60), minutes: left.left % 60 })}</b>
    </span>
  );
}

/** Old figures stay, with their age. */
function Stale({ at, zone }: { at: string; zone: string }) {
  const { t } = useTranslation("wall");
  const line = useLive((each) => each.line);
  useSecond();
  const isOld = line === "broken" && houseNow() - Date.parse(at) > 10_000;
  if (!isOld) return null;
  return <span className="tag warn">{t("asOf", { at: timeToSecond(at, zone) })}</span>;
}

function FullScreen({ place }: { place: React.RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation("wall");
  const [isFull, setIsFull] = useState(false);
  useEffect(() => {
    const look = () => setIsFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const turn = () => (isFull ? document.exitFullscreen() : place.current?.requestFullscreen());
  const name = t(isFull ? "smaller" : "fullScreen");
  return (
    <Button
      type="text"
      icon={isFull ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
      aria-label={name}
      title={name}
      onClick={() => void turn()?.catch(() => {})}
    />
  );
}
