/** Where answers are written. The composer keeps the keyboard: commands take Alt. */
import { PictureOutlined, SmileOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Popover } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { Fuse, Ring } from "../../../design/Ring";
import { useSecond } from "../../../lib/clock";
import { given, house } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { tell } from "../../../live/line";
import { useLive } from "../../../live/store";
import { clear, send, sendPicture, undo, useProblems } from "../deeds";
import { useDrafts, write } from "./drafts";
import { QuickReplies } from "./QuickReplies";
import { filled, found, type Reply, sought } from "./replies";

const EMOJI = [..."😊😂🥰👍🙏🌹🎉❤😅😭🤝👌💪🔥✨📦🚚🎁⏰✅"];
const TYPING_EVERY_MS = 3_000;
const TYPES_FOR_MS = 10_000;

interface Props {
  chat: Shown;
  isFirst: boolean;
  next: () => void;
}

export function Composer({ chat, isFirst, next }: Props) {
  const { t } = useTranslation("desk");
  const text = useDrafts((each) => each[chat.id] ?? "");
  const area = useRef<HTMLTextAreaElement>(null);
  const [picked, setPicked] = useState(0);
  const letters = sought(text);
  const replies = useReplies(letters);
  const typing = useTypingTold(chat.id);
  const fill = useFilling(chat);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat, another focus
  useEffect(() => {
    if (isFirst) area.current?.focus();
  }, [chat.id, isFirst]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other letters, other replies
  useEffect(() => setPicked(0), [letters]);

  const change = (value: string) => {
    write(chat.id, value);
    if (value) typing();
  };
  const go = (what: string, andNext: boolean) => {
    if (what.trim() === "") return;
    send(chat.id, { text: what.trim() });
    write(chat.id, "");
    if (andNext) next();
  };
  const choose = (reply: Reply | undefined, isSent: boolean) => {
    if (!reply) return;
    const said = fill(reply.reply.text);
    if (isSent) go(said, true);
    else change(said);
    area.current?.focus();
  };

  const key = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const taken = letters !== null ? trayKey(event) : composerKey(event);
    if (taken) event.preventDefault();
  };
  const trayKey = (event: React.KeyboardEvent): boolean => {
    if (event.key === "ArrowDown") setPicked((at) => Math.min(replies.length - 1, at + 1));
    else if (event.key === "ArrowUp") setPicked((at) => Math.max(0, at - 1));
    else if (event.key === "Enter" && !event.shiftKey) choose(replies[picked], event.ctrlKey || event.metaKey);
    else if (/^[1-9]$/.test(event.key) && replies[Number(event.key) - 1]) choose(replies[Number(event.key) - 1], false);
    else if (event.key === "Escape") write(chat.id, "");
    else return false;
    return true;
  };
  const composerKey = (event: React.KeyboardEvent): boolean => {
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) go(text, event.ctrlKey || event.metaKey);
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && text === "") {
      const back = undo(chat.id);
      if (back === null) return false;
      write(chat.id, back);
    } else return false;
    return true;
  };
  const pictures = (files: FileList | null | undefined): boolean => {
    const found = [...(files ?? [])].filter((each) => each.type.startsWith("image/"));
    for (const file of found) void sendPicture(chat.id, file);
    return found.length > 0;
  };

  const deadline = chat.card.waiting_since != null ? chat.deadline : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pictures can be dropped anywhere on it
    <footer
      className="composer"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        pictures(event.dataTransfer.files);
      }}
    >
      {letters !== null && (
        <QuickReplies replies={replies} letters={letters} picked={picked} fill={fill} choose={choose} />
      )}
      {deadline && chat.card.waiting_since ? (
        <Fuse deadline={deadline} since={chat.card.waiting_since} />
      ) : (
        <div className="fuse-place" />
      )}
      <Trouble chat={chat.id} />
      <textarea
        ref={area}
        value={text}
        rows={3}
        aria-label={t("write", { buyer: chat.buyer })}
        onChange={(event) => change(event.target.value)}
        onKeyDown={key}
        onPaste={(event) => pictures(event.clipboardData.files) && event.preventDefault()}
        maxLength={20_000}
      />
      <div className="tools">
        <Button
          type="text"
          icon={<ThunderboltOutlined />}
          aria-label={t("quickReplies")}
          title={`${t("quickReplies")} /`}
          onClick={() => {
            write(chat.id, "/");
            area.current?.focus();
          }}
        />
        <Popover
          trigger="click"
          content={
            <div className="emoji">
              {EMOJI.map((each) => (
                <button
                  type="button"
                  key={each}
                  onClick={() => {
                    change(text + each);
                    area.current?.focus();
                  }}
                >
                  {each}
                </button>
              ))}
            </div>
          }
        >
          <Button type="text" icon={<SmileOutlined />} aria-label={t("emoji")} />
        </Popover>
        <label className="pick">
          <PictureOutlined aria-hidden="true" />
          <span className="only-heard">{t("picture")}</span>
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp,image/gif"
            onChange={(event) => {
              pictures(event.target.files);
              event.target.value = "";
            }}
          />
        </label>
        <span className="quiet small draft-told">{text && letters === null ? t("draftKept") : ""}</span>
        <span className="grow" />
        {deadline && chat.card.waiting_since && <Ring deadline={deadline} since={chat.card.waiting_since} size={32} />}
        <Button type="primary" disabled={text.trim() === "" || letters !== null} onClick={() => go(text, false)}>
          {t("send")} <span className="key on-solid">Enter</span>
        </Button>
      </div>
    </footer>
  );
}

function Trouble({ chat }: { chat: string }) {
  const { t } = useTranslation("desk");
  const problem = useProblems((each) => each[chat]);
  const others = useLive((each) => each.reading.get(chat));
  const me = useMe().account.id;
  const typing = useLive((each) => each.typing.get(chat));
  const now = useSecond();
  const colleague = (others ?? []).find((each) => each !== me && now - (typing?.get(each) ?? 0) < TYPES_FOR_MS);
  const name = useLive((each) => (colleague ? (each.people.get(colleague)?.name ?? colleague) : ""));
  if (problem)
    return (
      <p className="trouble bad" role="alert">
        {problem === "offline" ? t("noHouse") : problem}
        <button type="button" className="recall" onClick={() => clear(chat)}>
          {t("dismiss")}
        </button>
      </p>
    );
  if (colleague)
    return (
      <p className="trouble warn" role="status">
        {t("collision", { name })}
      </p>
    );
  return null;
}

function useReplies(letters: string | null): Reply[] {
  const { data } = useQuery({
    queryKey: ["quick-replies"],
    queryFn: () => given(house.GET("/v1/quick-replies")),
    staleTime: 60_000,
  });
  return letters === null ? [] : found(data ?? [], letters).slice(0, 9);
}

function useFilling(chat: Shown): (text: string) => string {
  const me = useMe().account;
  const order = useLive(
    (each) => each.threads.get(chat.id)?.messages.findLast((one) => one.payload.order)?.payload.order ?? undefined,
  );
  return (text) => filled(text, { buyer: chat.buyer, agent: me.display_name || me.name, shop: chat.shop, order });
}

function useTypingTold(chat: string): () => void {
  const told = useRef(0);
  return () => {
    if (Date.now() - told.current < TYPING_EVERY_MS) return;
    told.current = Date.now();
    tell({ typing: chat });
  };
}
