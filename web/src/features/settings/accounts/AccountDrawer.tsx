/** One account: changed, and below what concerns its way in. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { given, house } from "../../../lib/house";
import { EditDrawer } from "../parts/EditDrawer";
import { AccountFields } from "./AccountFields";
import { ACCOUNT_PLACES, type Account, type AccountFields as Fields, fieldsOf } from "./accounts";
import { WayIn } from "./WayIn";

export function AccountDrawer({ account, close }: { account: Account | undefined; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  if (!account) return null;
  const params = { path: { account_id: account.id } };
  const save = async (fields: Fields) => {
    const body = { ...fields, capacity_by_channel: account.capacity_by_channel };
    await given(house.PUT("/v1/accounts/{account_id}", { params, body }));
    await queries.invalidateQueries({ queryKey: ["accounts"] });
  };
  return (
    <EditDrawer
      title={account.display_name || account.name}
      first={fieldsOf(account)}
      places={ACCOUNT_PLACES}
      save={save}
      close={close}
      below={<WayIn account={account} />}
    >
      <AccountFields />
      <p className="quiet small">{t("accounts.atOnceHolds")}</p>
    </EditDrawer>
  );
}
