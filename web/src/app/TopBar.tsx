/** What holds on every screen: how the line is, one's presence, the bell, and oneself. */
import { BellFilled, BellOutlined, UserOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button, Dropdown, Popover } from "antd";
import { useTranslation } from "react-i18next";
import { type Choice, chooseMode, useMode } from "../design/mode";
import { given, house, type Schemas } from "../lib/house";
import { choose } from "../lib/language";
import { useLogOut, useMe } from "../lib/session";
import { useLive } from "../live/store";
import { useUnsent } from "../live/unsent";
import { AlarmChip } from "./AlarmChip";
import { askForPermission, mute, ring, useBell } from "./health";
import { Today } from "./Today";

type Presence = Schemas["Presence"];
const PRESENCES: Presence[] = ["online", "busy", "away", "off_shift"];

export function TopBar() {
  return (
    <header className="top">
      <Today />
      <span className="grow" />
      <LineTold />
      <AlarmChip />
      <Bell />
      <PresenceSwitch />
      <Me />
    </header>
  );
}

function LineTold() {
  const { t } = useTranslation();
  const line = useLive((each) => each.line);
  const waiting = useUnsent((each) => each.unsent.length);
  if (line !== "broken") return <span className="only-heard" role="status" />;
  return (
    <span className="tag warn" role="status">
      {t(waiting > 0 ? "brokenWaiting" : "brokenLine", { count: waiting })}
    </span>
  );
}

function Bell() {
  const { t } = useTranslation();
  const { permission, isMuted } = useBell();
  const isWell = permission === "granted" && !isMuted;
  const told = (
    <div className="bell">
      <p>{t(isWell ? "bellWell" : isMuted ? "bellMuted" : permission === "denied" ? "bellDenied" : "bellAsks")}</p>
      <div className="row">
        {permission === "default" && (
          <Button size="small" type="primary" onClick={askForPermission}>
            {t("bellAllow")}
          </Button>
        )}
        <Button size="small" onClick={() => mute(!isMuted)}>
          {t(isMuted ? "bellLoud" : "bellMute")}
        </Button>
        <Button size="small" onClick={ring} disabled={isMuted}>
          {t("bellTry")}
        </Button>
      </div>
      <Link to="/settings/$page" params={{ page: "reach" }}>
        {t("pushHere")}
      </Link>
    </div>
  );
  return (
    <Popover content={told} trigger="click" placement="bottomRight">
      <Button
        type="text"
        className={isWell ? "" : "unwell"}
        icon={isWell ? <BellOutlined /> : <BellFilled />}
        aria-label={t(isWell ? "bell" : "bellIll")}
      />
    </Popover>
  );
}

function PresenceSwitch() {
  const { t } = useTranslation();
  const me = useMe();
  const mine = useLive((each) => each.people.get(me.account.id)?.presence ?? "off_shift") as Presence;
  const held = useLive((each) => {
    let count = 0;
    for (const chat of each.chats.values()) if (chat.card.life?.account === me.account.id) count += 1;
    return count;
  });
  if (!me.rights.includes("chats.answer")) return null;
  const change = (presence: Presence) => void given(house.PUT("/v1/me/presence", { body: { presence } }));
  const items = PRESENCES.map((each) => ({
    key: each,
    label: t(`presence.${each}`),
    icon: <span className={`dot ${each}`} />,
  }));
  return (
    <Dropdown trigger={["click"]} menu={{ items, selectedKeys: [mine], onClick: ({ key }) => change(key as Presence) }}>
      <button type="button" className="presence" title={t("presence.change")}>
        <span className={`dot ${mine}`} />
        <span>{t(`presence.${mine}`)}</span>
        <span className="quiet holds">{t("holds", { count: held, most: me.account.capacity })}</span>
      </button>
    </Dropdown>
  );
}

function Me() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const logOut = useLogOut();
  const choice = useMode((each) => each.choice);
  const modes = (["system", "light", "dark"] as Choice[]).map((each) => ({
    key: each,
    label: t(`mode.${each}`),
    onClick: () => chooseMode(each),
  }));
  const tongue = i18n.language === "zh" ? "en" : "zh";
  const items = [
    { key: "who", label: `${me.account.display_name || me.account.name} · ${me.account.role.name}`, disabled: true },
    { type: "divider" as const },
    {
      key: "mode",
      label: t("mode.name"),
      children: modes.map((each) => ({ ...each, label: each.key === choice ? `✓ ${each.label}` : each.label })),
    },
    { key: "tongue", label: tongue === "en" ? "English" : "中文", onClick: () => choose(tongue) },
    { type: "divider" as const },
    { key: "out", label: t("logOut"), onClick: () => void logOut().then(() => location.assign("/login")) },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button shape="circle" icon={<UserOutlined />} aria-label={t("me")} />
    </Dropdown>
  );
}
