/** An own role: its name, and what whoever has it may do. */
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../../lib/house";
import { EditDrawer } from "../parts/EditDrawer";
import { RightsField } from "../parts/RightsField";

const PLACES = { "name.": "name", "directory.name_taken": "name", "role.no_rights": "rights" };
const FIRST_RIGHTS: Schemas["Right"][] = ["chats.read", "chats.answer", "chats.transfer", "tasks.manage"];

export function RoleDrawer({ role, close }: { role: Schemas["RoleTold"] | null; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const first: Schemas["RoleWanted"] = { name: role?.name ?? "", rights: role?.rights ?? FIRST_RIGHTS };
  const save = async (body: Schemas["RoleWanted"]) => {
    if (role) await given(house.PUT("/v1/roles/{role_id}", { params: { path: { role_id: role.id } }, body }));
    else await given(house.POST("/v1/roles", { body }));
    await queries.invalidateQueries({ queryKey: ["roles"] });
  };
  return (
    <EditDrawer title={role ? role.name : t("roles.add")} first={first} places={PLACES} save={save} close={close}>
      <Form.Item
        name="name"
        label={t("roles.name")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("needName") }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <RightsField />
      {role && <p className="quiet small">{t("roles.holds")}</p>}
    </EditDrawer>
  );
}
