/** One opened chat: who it is, what can be done with it, what was said, and where one answers. */
import {
  ArrowLeftOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CloseOutlined,
  EllipsisOutlined,
  FormOutlined,
  SwapOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { useMe } from "../../../lib/session";
import { useShopName } from "../../../lib/shops";
import { useLive } from "../../../live/store";
import { close, reopen, reportSpam, take, wake } from "../deeds";
import { closeChat, useDesk } from "../desk";
import { Composer } from "./Composer";
import { Messages } from "./Messages";
import { NoteForm } from "./NoteForm";
import { SnoozeMenu } from "./SnoozeMenu";
import { TransferForm } from "./TransferForm";

interface Props {
  chat: Shown;
  isFirst: boolean;
  next: () => void;
}

export function Chat({ chat, isFirst, next }: Props) {
  const me = useMe();
  const may = me.rights.includes("chats.answer");
  return (
    <section className={`chat ${isFirst ? "first" : ""}`} aria-label={chat.buyer}>
      <Header chat={chat} isFirst={isFirst} />
      <Messages chat={chat} />
      {may && <Composer chat={chat} isFirst={isFirst} next={next} />}
    </section>
  );
}

function Header({ chat, isFirst }: { chat: Shown; isFirst: boolean }) {
  const { t } = useTranslation("desk");
  const me = useMe();
  const shop = useShopName();
  const life = chat.card.life ?? {};
  const isMine = life.account === me.account.id;
  const tags = life.tags ?? [];
  return (
    <header className="chat-head">
      <Button
        className="back"
        type="text"
        icon={<ArrowLeftOutlined />}
        aria-label={t("back")}
        onClick={() => closeChat(chat.id)}
      />
      <h2 className="ellipsis" title={chat.buyer}>
        {chat.buyer}
      </h2>
      <span className="quiet ellipsis">
        {shop(chat.shop)} · {chat.channel}
      </span>
      {chat.card.spam != null && <span className="tag lost">{t(`spam.${chat.card.spam}`)}</span>}
      {tags.map((each) => (
        <span key={each} className="tag">
          {each}
        </span>
      ))}
      <Holder chat={chat} />
      <Others chat={chat.id} />
      <span className="grow" />
      {!isMine && me.rights.includes("chats.answer") && (
        <Button size="small" className="take" onClick={() => void take(chat.id, me.account.id)}>
          {t("take")}
        </Button>
      )}
      <Menu
        name="transfer"
        isFirst={isFirst}
        icon={<SwapOutlined />}
        keys="Alt T"
        content={<TransferForm chat={chat} />}
      />
      {life.snoozed_until != null ? (
        <Button type="text" icon={<ClockCircleOutlined />} onClick={() => void wake(chat.id)}>
          {t("wake")}
        </Button>
      ) : (
        <Menu
          name="snooze"
          isFirst={isFirst}
          icon={<ClockCircleOutlined />}
          keys="Alt S"
          content={<SnoozeMenu chat={chat.id} />}
        />
      )}
      {life.closed ? (
        <Button type="text" onClick={() => void reopen(chat.id)}>
          {t("reopen")}
        </Button>
      ) : (
        <Button type="text" icon={<CheckOutlined />} onClick={() => void close(chat.id)}>
          <span className="word">{t("close")}</span> <span className="key">Alt W</span>
        </Button>
      )}
      <Menu name="note" isFirst={isFirst} icon={<FormOutlined />} keys="Alt N" content={<NoteForm chat={chat} />} />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "spam", label: t("reportSpam"), onClick: () => void reportSpam(chat.id) },
            { key: "shut", label: t("shut"), icon: <CloseOutlined />, onClick: () => closeChat(chat.id) },
          ],
        }}
      >
        <Button type="text" icon={<EllipsisOutlined />} aria-label={t("more")} />
      </Dropdown>
    </header>
  );
}

function Holder({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const me = useMe().account.id;
  const account = chat.card.life?.account;
  const name = useLive((each) => (account ? (each.people.get(account)?.name ?? account) : ""));
  if (account === me) return null;
  return <span className="tag">{account ? t("with", { name }) : t("nobodys")}</span>;
}

function Others({ chat }: { chat: string }) {
  const { t } = useTranslation("desk");
  const me = useMe().account.id;
  const accounts = useLive((each) => each.reading.get(chat));
  const people = useLive((each) => each.people);
  const names = (accounts ?? []).filter((each) => each !== me).map((each) => people.get(each)?.name ?? each);
  return names.length === 0 ? null : (
    <span className="quiet small ellipsis">{t("alsoLooking", { names: names.join("、") })}</span>
  );
}

interface MenuProps {
  name: "transfer" | "snooze" | "note";
  isFirst: boolean;
  icon: React.ReactNode;
  keys: string;
  content: React.ReactNode;
}

function Menu({ name, isFirst, icon, keys, content }: MenuProps) {
  const { t } = useTranslation("desk");
  const isOpen = useDesk((each) => isFirst && each.menu === name);
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      open={isOpen}
      onOpenChange={(opened) => useDesk.setState({ menu: opened ? name : null })}
      placement="bottomRight"
      classNames={{ root: "chat-menu" }}
      content={content}
    >
      <Button type="text" icon={icon}>
        <span className="word">{t(name)}</span> <span className="key">{keys}</span>
      </Button>
    </Popover>
  );
}
