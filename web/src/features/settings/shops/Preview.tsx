/** The chat as buyers will see it, from what stands in the form: an outline, not the page itself. */
import { MessageFilled } from "@ant-design/icons";
import { Form } from "antd";
import { useTranslation } from "react-i18next";
import type { WebchatFields } from "./webchatFields";

export function Preview({ shopName }: { shopName: string }) {
  const { t, i18n } = useTranslation("settings");
  const fields = Form.useWatch([], Form.useFormInstance()) as Partial<WebchatFields> | undefined;
  const tongue = i18n.language === "zh" ? "zh" : "en";
  const colour = fields?.colour;
  return (
    <section className="panel preview" aria-label={t("webchat.preview")}>
      <header>
        <h2>{t("webchat.preview")}</h2>
      </header>
      <div className="preview-chat">
        <div className="preview-head" style={{ background: colour }}>
          <b>{fields?.name || shopName}</b>
          <span>{fields?.hours?.[tongue]}</span>
        </div>
        <div className="preview-talk">
          {fields?.greeting?.[tongue] && <p className="preview-line">{fields.greeting[tongue]}</p>}
          <div className="preview-asks">
            {(fields?.questions?.[tongue] ?? []).map((each) => (
              <span key={each}>{each}</span>
            ))}
          </div>
        </div>
      </div>
      <div className={fields?.position === "left" ? "preview-button left" : "preview-button"}>
        <span style={{ background: colour }}>
          <MessageFilled />
        </span>
      </div>
    </section>
  );
}
