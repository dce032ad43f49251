/** Named rights to be ticked, by what they are about; what one does not have cannot be given. */
import { Checkbox, Form } from "antd";
import { useTranslation } from "react-i18next";
import { type Right, useMe } from "../../../lib/session";

const ABOUT: Readonly<Record<string, readonly Right[]>> = {
  desk: ["chats.read", "chats.answer", "chats.transfer", "chats.assign", "tasks.manage", "presence.manage"],
  buyers: ["buyers.unmask", "buyers.erase"],
  figures: ["reports.read", "exports.make"],
  settings: [
    "replies.manage",
    "accounts.manage",
    "roles.manage",
    "shops.manage",
    "routing.manage",
    "alarms.manage",
    "packs.manage",
    "webhooks.manage",
    "api_keys.manage",
    "house.manage",
    "audit.read",
  ],
};

export function RightsField() {
  const { t } = useTranslation("settings");
  return (
    <Form.Item
      name="rights"
      label={t("rights")}
      rules={[{ required: true, type: "array", min: 1, message: t("needRight") }]}
    >
      <Rights />
    </Form.Item>
  );
}

function Rights({ value = [], onChange }: { value?: Right[]; onChange?: (rights: Right[]) => void }) {
  const { t } = useTranslation("settings");
  const mine = useMe().rights;
  const toggle = (right: Right, isGiven: boolean) =>
    onChange?.(isGiven ? [...value, right] : value.filter((each) => each !== right));
  return (
    <div className="lined">
      {Object.entries(ABOUT).map(([about, rights]) => (
        <fieldset key={about} className="tongue">
          <legend>{t(`rightsAbout.${about}`)}</legend>
          <div className="ticks">
            {rights.map((each) => (
              <Checkbox
                key={each}
                checked={value.includes(each)}
                disabled={!mine.includes(each)}
                onChange={({ target }) => toggle(each, target.checked)}
              >
                {t(`right.${each}`)}
              </Checkbox>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
