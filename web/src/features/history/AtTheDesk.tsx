/** To the desk: at once where the chat is in view there, or else by taking it. */
import { useNavigate } from "@tanstack/react-router";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../conversation/words";
import { given, house } from "../../lib/house";
import { useMe } from "../../lib/session";
import { useLive } from "../../live/store";

export function AtTheDesk({ chat }: { chat: Shown }) {
  const { t } = useTranslation("history");
  const me = useMe();
  const navigate = useNavigate();
  const isThere = useLive((each) => each.chats.has(chat.id));
  const [problem, setProblem] = useState("");
  const go = () => void navigate({ to: "/", search: { chat: chat.id } });
  if (isThere) return <Button onClick={go}>{t("openAtDesk")}</Button>;
  if (!me.rights.includes("chats.answer")) return null;
  const params = { path: { chat_id: chat.id } };
  const take = async () => {
    try {
      if (chat.card.life?.closed) await given(house.DELETE("/v1/chats/{chat_id}/closure", { params }));
      else await given(house.PUT("/v1/chats/{chat_id}/assignment", { params, body: { account: me.account.id } }));
      await arrived(chat.id);
      go();
    } catch (error) {
      setProblem((error instanceof Error && error.message) || t("noHouse"));
    }
  };
  return (
    <>
      <Tooltip title={t("takeWhat")}>
        <Button onClick={() => void take()}>{t(chat.card.life?.closed ? "reopenAtDesk" : "takeToDesk")}</Button>
      </Tooltip>
      {problem && (
        <span className="bad small" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

const PATIENCE_MS = 3_000;

/** Until the desk has heard of it, or soon after. */
function arrived(chat: string): Promise<void> {
  return new Promise((resolve) => {
    if (useLive.getState().chats.has(chat)) return resolve();
    const stop = useLive.subscribe(({ chats }) => {
      if (chats.has(chat)) done();
    });
    const timer = setTimeout(done, PATIENCE_MS);
    function done() {
      stop();
      clearTimeout(timer);
      resolve();
    }
  });
}
