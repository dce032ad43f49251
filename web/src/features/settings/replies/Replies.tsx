/** Quick replies in their folders: the team's and one's own. */
import { DownloadOutlined, PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Popconfirm, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { language } from "../../../lib/language";
import { useMe } from "../../../lib/session";
import { useDeeds } from "../parts/deeds";
import { Failed, Nothing, Waiting } from "../parts/states";
import { ImportDrawer } from "./ImportDrawer";
import { ReplyDrawer } from "./ReplyDrawer";
import { type Reply, tableOf } from "./table";

type Shown = Schemas["ReplyShown"];
const repliesKey = ["quick-replies"];

export function Show() {
  const { t } = useTranslation("settings");
  const me = useMe();
  const told = useQuery({ queryKey: repliesKey, queryFn: () => given(house.GET("/v1/quick-replies")) });
  const [whose, setWhose] = useState<"team" | "mine">("team");
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<Reply | "new" | "import" | null>(null);
  const mayAnswer = me.rights.includes("chats.answer");
  const may = mayAnswer && (whose === "mine" || me.rights.includes("replies.manage"));
  const here = (told.data ?? []).filter(({ reply }) => (reply.account === me.account.id) === (whose === "mine"));
  const sought = words.trim().toLowerCase();
  const shown = here.filter((each) => sought === "" || saysIt(each, sought));
  const close = () => setOpen(null);
  const known = here.map((each) => each.reply);
  return (
    <section className="panel">
      <header>
        <Segmented
          aria-label={t("replies.whose")}
          value={whose}
          onChange={(each) => setWhose(each as "team" | "mine")}
          options={(["team", "mine"] as const).map((value) => ({ value, label: t(`replies.${value}`) }))}
        />
        <span className="grow" />
        <Button icon={<DownloadOutlined />} disabled={here.length === 0} onClick={() => save(known)}>
          {t("replies.export")}
        </Button>
        {may && (
          <>
            <Button icon={<UploadOutlined />} onClick={() => setOpen("import")}>
              {t("replies.import")}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
              {t("replies.add")}
            </Button>
          </>
        )}
      </header>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {here.length > 8 && (
        <Input.Search
          className="seek"
          allowClear
          aria-label={t("replies.find")}
          placeholder={t("replies.find")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {told.data && shown.length === 0 && <Nothing>{t(sought ? "replies.notFound" : `replies.none.${whose}`)}</Nothing>}
      <Folders shown={shown} open={may ? setOpen : null} />
      {open === "import" && <ImportDrawer known={known} mine={whose === "mine"} close={close} />}
      {open !== null && open !== "import" && (
        <ReplyDrawer
          reply={open === "new" ? null : open}
          mine={whose === "mine"}
          folders={[...new Set(here.map(({ reply }) => reply.folder ?? ""))].filter(Boolean)}
          close={close}
        />
      )}
    </section>
  );
}

const saysIt = ({ reply, initials }: Shown, sought: string): boolean =>
  initials.toLowerCase().startsWith(sought) ||
  reply.title.toLowerCase().includes(sought) ||
  reply.text.toLowerCase().includes(sought);

function Folders({ shown, open }: { shown: readonly Shown[]; open: ((reply: Reply) => void) | null }) {
  const { t } = useTranslation("settings");
  const folders = new Map<string, Shown[]>();
  for (const each of shown) {
    const folder = each.reply.folder ?? "";
    folders.set(folder, [...(folders.get(folder) ?? []), each]);
  }
  return [...folders].map(([folder, replies]) => (
    <section key={folder} className="folder">
      <h3>{folder || t("replies.noFolder")}</h3>
      <ul className="listing">
        {replies.map((each) => (
          <Row key={each.reply.id} shown={each} open={open} />
        ))}
      </ul>
    </section>
  ));
}

function Row({ shown: { reply, initials }, open }: { shown: Shown; open: ((reply: Reply) => void) | null }) {
  const { t } = useTranslation("settings");
  const { run, problem } = useDeeds(repliesKey);
  const remove = () =>
    run(() => given(house.DELETE("/v1/quick-replies/{reply_id}", { params: { path: { reply_id: reply.id } } })));
  return (
    <li>
      <div className="what">
        <b>
          {reply.title}
          <span className="tag">/{initials}</span>
          {reply.shop && <span className="tag">{reply.shop}</span>}
        </b>
        <span className="quiet ellipsis" title={reply.text}>
          {reply.text}
        </span>
        {problem && <span className="bad">{problem}</span>}
      </div>
      {open && (
        <div className="deeds">
          <Button onClick={() => open(reply)}>{t("change")}</Button>
          <Popconfirm title={t("replies.removeAsk")} onConfirm={() => void remove()}>
            <Button>{t("delete")}</Button>
          </Popconfirm>
        </div>
      )}
    </li>
  );
}

/** The browser keeps the table as a file. */
function save(replies: readonly Reply[]): void {
  const address = URL.createObjectURL(new Blob([tableOf(replies, language())], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: "quick-replies.csv" });
  link.click();
  URL.revokeObjectURL(address);
}
