/** How this device shows Miaohui: its theme and its language. */
import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { type Choice, chooseMode, useMode } from "../../../design/mode";
import { choose, type Language } from "../../../lib/language";

export function Show() {
  const { t, i18n } = useTranslation("settings");
  const choice = useMode((each) => each.choice);
  return (
    <section className="panel lined">
      <fieldset className="tongue">
        <legend>{t("look.mode")}</legend>
        <Radio.Group
          value={choice}
          onChange={({ target }) => chooseMode(target.value as Choice)}
          options={(["system", "light", "dark"] as const).map((value) => ({ value, label: t(`app:mode.${value}`) }))}
        />
      </fieldset>
      <fieldset className="tongue">
        <legend>{t("look.language")}</legend>
        <Radio.Group
          value={i18n.language}
          onChange={({ target }) => choose(target.value as Language)}
          options={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </fieldset>
      <p className="quiet">{t("look.sound")}</p>
    </section>
  );
}
