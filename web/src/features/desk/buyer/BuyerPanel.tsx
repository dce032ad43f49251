/** The buyer beside the chat: orders and what became of them, promises, tags, marks. */
import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { dayAndTime } from "../../../lib/format";
import { useMe } from "../../../lib/session";
import { useShopName } from "../../../lib/shops";
import { useLive } from "../../../live/store";
import { Who } from "../chat/Messages";
import { finish, tag } from "../deeds";
import { ordersOf } from "./orders";

export function BuyerPanel({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const { card } = chat;
  const shop = useShopName();
  return (
    <aside className="buyer-panel" aria-label={t("buyerPanel")}>
      <section>
        <h3>{chat.buyer}</h3>
        <dl>
          <dt>{t("from")}</dt>
          <dd>
            {shop(chat.shop)} · {chat.channel}
          </dd>
          {card.opened_at && (
            <>
              <dt>{t("firstSeen")}</dt>
              <dd>{dayAndTime(card.opened_at)}</dd>
            </>
          )}
          {card.rating && (
            <>
              <dt>{t("rated")}</dt>
              <dd>{t(`rating.${card.rating}`, { defaultValue: card.rating })}</dd>
            </>
          )}
        </dl>
        <div className="tags">
          {(card.marks ?? []).map((each) => (
            <span key={each} className="tag bad">
              {t(`mark.${each}`)}
            </span>
          ))}
          {card.human_wanted && <span className="tag warn">{t("wantsPerson")}</span>}
          <Tags chat={chat} />
        </div>
      </section>
      <Promises chat={chat} />
      <Orders chat={chat} />
    </aside>
  );
}

function Tags({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const may = useMe().rights.includes("chats.answer");
  const [name, setName] = useState("");
  const add = () => {
    if (name.trim()) void tag(chat.id, name.trim(), true);
    setName("");
  };
  return (
    <>
      {(chat.card.life?.tags ?? []).map((each) => (
        <span key={each} className="tag">
          {each}
          {may && (
            <button
              type="button"
              className="untag"
              aria-label={t("untag", { tag: each })}
              onClick={() => void tag(chat.id, each, false)}
            >
              ×
            </button>
          )}
        </span>
      ))}
      {may && (
        <Input
          className="add-tag"
          size="small"
          value={name}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={add}
          onBlur={add}
          placeholder={t("addTag")}
          aria-label={t("addTag")}
          maxLength={40}
        />
      )}
    </>
  );
}

function Promises({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const open = (chat.card.life?.tasks ?? []).filter((each) => each.closed_at == null);
  if (open.length === 0) return null;
  return (
    <section>
      <h3>{t("promised")}</h3>
      <ul className="promises">
        {open.map((each) => (
          <li key={each.id}>
            <Button
              type="text"
              size="small"
              icon={<CheckCircleOutlined />}
              aria-label={t("done")}
              title={t("done")}
              onClick={() => void finish(chat.id, each.id)}
            />
            <div>
              <div>
                {t(`task.${each.what}`, { defaultValue: each.what })}
                {each.order && <span className="quiet"> {each.order}</span>}
                {each.risk && <span className="tag bad">{t("atRisk")}</span>}
              </div>
              <div className="quiet small">
                <Who account={each.account} />
                {each.due && t("by", { at: dayAndTime(each.due) })}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Orders({ chat }: { chat: Shown }) {
  const { t } = useTranslation("desk");
  const thread = useLive((each) => each.threads.get(chat.id));
  const orders = ordersOf(thread?.messages ?? []);
  return (
    <section>
      <h3>
        {t("orders")} <span className="quiet">{orders.length}</span>
      </h3>
      {orders.length === 0 && <p className="quiet">{t("noOrders")}</p>}
      {orders.map((order) => (
        <div key={order.id} className="order">
          <div className="order-head">
            <b>{t(`order.${order.state}`, { defaultValue: order.state })}</b>{" "}
            <span className="quiet ellipsis">{order.id}</span>
          </div>
          <ul className="small">
            {order.steps.map((each) => (
              <li key={each.seq}>
                <span>{t(`between.${each.kind}`, { order: "", defaultValue: each.kind })}</span>{" "}
                <time className="quiet" dateTime={each.at}>
                  {dayAndTime(each.at)}
                </time>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
