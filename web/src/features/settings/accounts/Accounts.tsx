/** The sub-accounts and open invitations. */
import { MailOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../lib/house";
import { useRoleName, useShopNames } from "../parts/names";
import { Failed, Nothing, Waiting } from "../parts/states";
import { AccountDrawer } from "./AccountDrawer";
import { AddAccount } from "./AddAccount";
import { accountsQuery } from "./accounts";
import { Invitations } from "./Invitations";
import { Invite } from "./Invite";

type Account = Schemas["AccountTold"];

export function Show() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<"add" | "invite" | string | null>(null);
  const told = useQuery(accountsQuery);
  const close = () => setOpen(null);
  return (
    <>
      <section className="panel">
        <header>
          <h2>{t("accounts.title", { count: told.data?.filter((each) => each.active).length ?? 0 })}</h2>
          <span className="grow" />
          <Button icon={<MailOutlined />} onClick={() => setOpen("invite")}>
            {t("accounts.invite")}
          </Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("add")}>
            {t("accounts.add")}
          </Button>
        </header>
        {told.isPending && <Waiting />}
        {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
        {told.data && <List accounts={told.data} open={setOpen} />}
      </section>
      <Invitations />
      {open === "add" && <AddAccount close={close} />}
      {open === "invite" && <Invite close={close} />}
      {open !== null && open !== "add" && open !== "invite" && (
        <AccountDrawer account={told.data?.find((each) => each.id === open)} close={close} />
      )}
    </>
  );
}

function List({ accounts, open }: { accounts: readonly Account[]; open: (id: string) => void }) {
  const { t } = useTranslation("settings");
  const [words, setWords] = useState("");
  const [withGone, setWithGone] = useState(false);
  const sought = words.trim().toLowerCase();
  const shown = accounts.filter(
    (each) =>
      (each.active || withGone) &&
      (each.name.toLowerCase().includes(sought) || each.display_name.toLowerCase().includes(sought)),
  );
  return (
    <>
      <div className="bar">
        <Input.Search
          className="seek"
          allowClear
          aria-label={t("accounts.find")}
          placeholder={t("accounts.find")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {accounts.some((each) => !each.active) && (
          <Checkbox checked={withGone} onChange={({ target }) => setWithGone(target.checked)}>
            {t("accounts.withGone")}
          </Checkbox>
        )}
      </div>
      {shown.length === 0 && <Nothing>{t("accounts.nobody")}</Nothing>}
      <ul className="listing">
        {shown.map((each) => (
          <Row key={each.id} account={each} open={() => open(each.id)} />
        ))}
      </ul>
    </>
  );
}

function Row({ account, open }: { account: Account; open: () => void }) {
  const { t } = useTranslation("settings");
  const roleName = useRoleName();
  const shops = useShopNames();
  return (
    <li className={account.active ? "" : "off"}>
      <button type="button" className="what" onClick={open}>
        <b>
          {account.display_name || account.name}
          {!account.active && <span className="tag lost">{t("accounts.gone")}</span>}
          {account.active && account.must_change_password && (
            <span className="tag warn">{t("accounts.firstPassword")}</span>
          )}
        </b>
        <span className="quiet small">
          {account.display_name && account.display_name !== account.name && `${account.name} · `}
          {shops(account.shops)}
        </span>
      </button>
      <span className="side">
        {roleName(account.role)}
        <br />
        <span className="quiet small">{t("accounts.atOnce", { count: account.capacity })}</span>
      </span>
    </li>
  );
}
