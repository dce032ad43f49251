/** The desk: my chats, the opened ones, and the buyer. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { houseNow } from "../../lib/clock";
import { useMe } from "../../lib/session";
import { useLive } from "../../live/store";
import { BuyerPanel } from "./buyer/BuyerPanel";
import { Chat } from "./chat/Chat";
import { loadDrafts } from "./chat/drafts";
import { closeChat, openChat, useDesk } from "./desk";
import { useKeys } from "./keys";
import { ChatList } from "./list/ChatList";
import { mostUrgent } from "./list/order";
import { Palette } from "./Palette";
import "./desk.css";

export function Desk() {
  const me = useMe().account.id;
  const room = useRoom();
  const shown = useDesk((each) => each.open);
  const isBuyerShown = useDesk((each) => each.isBuyerShown);
  const open = useCallback((chat: string) => openChat(chat, room.chats), [room.chats]);
  const next = useCallback(() => {
    const { chats } = useLive.getState();
    const { open: opened, filter } = useDesk.getState();
    const others = [...chats.values()].filter((each) => each.id !== opened[0]);
    const found = mostUrgent(others, filter, me, houseNow());
    if (found) open(found.id);
  }, [me, open]);
  useAddress(open);
  useKeys(open);
  useEffect(() => void loadDrafts(), []);
  const chats = useLive((each) => each.chats);
  const opened = shown.slice(0, room.chats).flatMap((each) => chats.get(each) ?? []);
  useGone(shown, chats);
  const first = opened[0];
  return (
    <div className={`desk ${first ? "has-chat" : ""} ${isBuyerShown && room.buyer ? "has-buyer" : ""}`}>
      <ChatList open={open} />
      <div className="chats">
        {opened.length === 0 && <Nothing />}
        {opened.map((chat, at) => (
          <Chat key={chat.id} chat={chat} isFirst={at === 0} next={next} />
        ))}
      </div>
      {first && isBuyerShown && room.buyer && <BuyerPanel chat={first} />}
      {first && !room.buyer && (
        <Drawer
          open={isBuyerShown}
          onClose={() => useDesk.setState({ isBuyerShown: false })}
          size={320}
          title={first.buyer}
          mask={false}
        >
          <BuyerPanel chat={first} />
        </Drawer>
      )}
      <Palette open={open} />
    </div>
  );
}

function Nothing() {
  const { t } = useTranslation("desk");
  return (
    <div className="page-middle">
      <p>
        {t("pickOne")}
        <br />
        <span className="quiet small">{t("pickKeys")}</span>
      </p>
    </div>
  );
}

/** Chats that left one's view are closed here, too. */
function useGone(shown: readonly string[], chats: ReadonlyMap<string, unknown>): void {
  const isReady = useLive((each) => each.isReady);
  useEffect(() => {
    if (isReady) for (const each of shown) if (!chats.has(each)) closeChat(each);
  }, [shown, chats, isReady]);
}

/** The opened chat is in the address: a link to it opens it. */
function useAddress(open: (chat: string) => void): void {
  const { chat } = useSearch({ strict: false }) as { chat?: string };
  const navigate = useNavigate();
  const isReady = useLive((each) => each.isReady);
  const first = useDesk((each) => each.open[0]);
  useEffect(() => {
    if (isReady && chat && useDesk.getState().open[0] !== chat) open(chat);
  }, [isReady, chat, open]);
  useEffect(() => {
    if (isReady) void navigate({ to: "/", search: first ? { chat: first } : {}, replace: true });
  }, [isReady, first, navigate]);
}

interface Room {
  chats: number;
  buyer: boolean;
}

const LIST = 288;
const BUYER = 312;
const LEAST = 480;

function measured(): string {
  const width = innerWidth - 64;
  const buyer = innerWidth > 1180;
  const chats = innerWidth < 1760 ? 1 : Math.floor((width - LIST - BUYER) / LEAST);
  return `${Math.max(1, Math.min(3, chats))} ${buyer}`;
}

function useRoom(): Room {
  const told = useSyncExternalStore((changed) => {
    addEventListener("resize", changed);
    return () => removeEventListener("resize", changed);
  }, measured);
  const [chats, buyer] = told.split(" ");
  return { chats: Number(chats), buyer: buyer === "true" };
}
