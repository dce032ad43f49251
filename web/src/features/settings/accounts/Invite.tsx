/** A link by which one person joins: shown once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import { given, house, type Schemas } from "../../../lib/house";
import { useMe } from "../../../lib/session";
import { EditDrawer } from "../parts/EditDrawer";
import { groupsQuery } from "../parts/names";
import { RoleField } from "../parts/RoleField";
import { ShownOnce } from "../parts/ShownOnce";
import { WhichShops } from "../parts/WhichShops";

export function Invite({ close }: { close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const mine = useMe().account.shops;
  const { data: groups } = useQuery(groupsQuery);
  const [first] = useState<Required<Schemas["InvitationWanted"]>>(() => ({
    role: "agent",
    shops: mine.every ? { every: false, only: [] } : mine,
    groups: [],
  }));
  const [made, setMade] = useState<Schemas["InvitationMade"] | null>(null);
  const save = async (body: Schemas["InvitationWanted"]) => {
    const kept = await given(house.POST("/v1/invitations", { body }));
    await queries.invalidateQueries({ queryKey: ["invitations"] });
    setMade(kept);
  };
  if (made)
    return (
      <ShownOnce title={t("invite.made")} text={`${location.origin}/join#${made.token}`} close={close}>
        <p>{t("invite.madeHint", { until: dayAndTime(made.invitation.expires_at) })}</p>
      </ShownOnce>
    );
  return (
    <EditDrawer title={t("accounts.invite")} first={first} save={save} close={close} deed={t("invite.make")} staysAfter>
      <p>{t("invite.about")}</p>
      <RoleField />
      <WhichShops />
      <Form.Item name="groups" label={t("accounts.groups")}>
        <Select
          mode="multiple"
          options={groups?.map((each) => ({ value: each.id, label: each.name }))}
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("accounts.noGroup")}
        />
      </Form.Item>
    </EditDrawer>
  );
}
