/** Roles: the built-in ones to be read, own ones to be made of named rights. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { useDeeds } from "../parts/deeds";
import { rolesQuery, useRoleName } from "../parts/names";
import { Failed, Waiting } from "../parts/states";
import { RoleDrawer } from "./RoleDrawer";

type Role = Schemas["RoleTold"];

export function Show() {
  const { t } = useTranslation("settings");
  const me = useMe();
  const may = me.rights.includes("roles.manage") && me.account.shops.every === true;
  const told = useQuery(rolesQuery);
  const [open, setOpen] = useState<Role | "new" | null>(null);
  const { run, problem } = useDeeds(["roles"]);
  const remove = (role_id: string) =>
    run(() => given(house.DELETE("/v1/roles/{role_id}", { params: { path: { role_id } } })));
  return (
    <section className="panel">
      <header>
        <span className="grow" />
        {may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("roles.add")}
          </Button>
        )}
      </header>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      {problem && <p className="bad">{problem}</p>}
      <ul className="listing">
        {told.data?.map((each) => (
          <Row key={each.id} role={each} may={may} change={() => setOpen(each)} remove={() => void remove(each.id)} />
        ))}
      </ul>
      {open && <RoleDrawer role={open === "new" ? null : open} close={() => setOpen(null)} />}
    </section>
  );
}

function Row({ role, may, change, remove }: { role: Role; may: boolean; change: () => void; remove: () => void }) {
  const { t } = useTranslation("settings");
  const name = useRoleName();
  return (
    <li>
      <div className="what">
        <b>
          {name(role)}
          {role.built_in && <span className="tag">{t("roles.builtIn")}</span>}
        </b>
        <span className="quiet small">{role.rights.map((each) => t(`right.${each}`)).join(t("comma"))}</span>
      </div>
      {may && !role.built_in && (
        <div className="deeds">
          <Button onClick={change}>{t("change")}</Button>
          <Popconfirm title={t("roles.removeAsk")} onConfirm={remove}>
            <Button>{t("delete")}</Button>
          </Popconfirm>
        </div>
      )}
    </li>
  );
}
