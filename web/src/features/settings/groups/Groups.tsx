/** Groups with whoever is in them, and skills with whoever has them. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { type Account, accountsQuery } from "../accounts/accounts";
import { useDeeds } from "../parts/deeds";
import { EditDrawer } from "../parts/EditDrawer";
import { groupsQuery, useShopNames } from "../parts/names";
import { Failed, Nothing, Waiting } from "../parts/states";
import { WhichShops } from "../parts/WhichShops";

type Group = Schemas["GroupTold"];
const called = (account: Account) => account.display_name || account.name;

export function Show() {
  const { t } = useTranslation("settings");
  const told = useQuery(groupsQuery);
  const { data: accounts = [] } = useQuery(accountsQuery);
  const [open, setOpen] = useState<Group | "new" | null>(null);
  const { run, problem } = useDeeds(["groups"]);
  const remove = (group_id: string) =>
    run(() => given(house.DELETE("/v1/groups/{group_id}", { params: { path: { group_id } } })));
  return (
    <>
      <section className="panel">
        <header>
          <h2>{t("groups.title")}</h2>
          <span className="grow" />
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("groups.add")}
          </Button>
        </header>
        {told.isPending && <Waiting />}
        {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
        {told.data?.length === 0 && <Nothing>{t("groups.none")}</Nothing>}
        {problem && <p className="bad">{problem}</p>}
        <ul className="listing">
          {told.data?.map((each) => (
            <Row
              key={each.id}
              group={each}
              members={accounts.filter((account) => account.active && account.groups.includes(each.id))}
              change={() => setOpen(each)}
              remove={() => void remove(each.id)}
            />
          ))}
        </ul>
        <p className="quiet small">{t("groups.hint")}</p>
      </section>
      <Skills accounts={accounts} />
      {open && <GroupDrawer group={open === "new" ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

interface RowProps {
  group: Group;
  members: readonly Account[];
  change: () => void;
  remove: () => void;
}

function Row({ group, members, change, remove }: RowProps) {
  const { t } = useTranslation("settings");
  const shops = useShopNames();
  return (
    <li>
      <div className="what">
        <b>{group.name}</b>
        <span className="quiet small">
          {shops(group.shops)} · {members.length === 0 ? t("groups.empty") : members.map(called).join(t("comma"))}
        </span>
      </div>
      <div className="deeds">
        <Button onClick={change}>{t("change")}</Button>
        <Popconfirm title={t("groups.removeAsk")} onConfirm={remove}>
          <Button>{t("delete")}</Button>
        </Popconfirm>
      </div>
    </li>
  );
}

function GroupDrawer({ group, close }: { group: Group | null; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const mine = useMe().account.shops;
  const first: Required<Schemas["GroupWanted"]> = { name: group?.name ?? "", shops: group?.shops ?? mine };
  const save = async (body: Schemas["GroupWanted"]) => {
    if (group) await given(house.PUT("/v1/groups/{group_id}", { params: { path: { group_id: group.id } }, body }));
    else await given(house.POST("/v1/groups", { body }));
    await queries.invalidateQueries({ queryKey: ["groups"] });
  };
  const places = { "name.": "name", "directory.name_taken": "name" };
  return (
    <EditDrawer title={group ? group.name : t("groups.add")} first={first} places={places} save={save} close={close}>
      <Form.Item
        name="name"
        label={t("groups.name")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("needName") }]}
      >
        <Input autoComplete="off" placeholder={t("groups.example")} />
      </Form.Item>
      <WhichShops />
    </EditDrawer>
  );
}

function Skills({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation("settings");
  const who = new Map<string, string[]>();
  for (const account of accounts.filter((each) => each.active))
    for (const { name, level } of account.skills)
      who.set(name, [...(who.get(name) ?? []), `${called(account)} ${level ?? 3}`]);
  return (
    <section className="panel">
      <header>
        <h2>{t("groups.skills")}</h2>
      </header>
      {who.size === 0 && <Nothing>{t("groups.noSkills")}</Nothing>}
      <ul className="listing">
        {[...who].sort().map(([skill, people]) => (
          <li key={skill}>
            <div className="what">
              <b>{skill}</b>
              <span className="quiet small">{people.join(t("comma"))}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
