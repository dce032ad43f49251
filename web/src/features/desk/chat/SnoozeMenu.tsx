/** How long a chat is put aside. No clock stops for that. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { snooze } from "../deeds";
import { useDesk } from "../desk";

const MINUTES = [10, 30, 60, 120, 24 * 60];

export function SnoozeMenu({ chat }: { chat: string }) {
  const { t } = useTranslation("desk");
  const go = (minutes: number) => {
    void snooze(chat, minutes);
    useDesk.setState({ menu: null });
  };
  return (
    <div className="menu-form">
      {MINUTES.map((each, at) => (
        <Button key={each} autoFocus={at === 0} onClick={() => go(each)}>
          {each < 60 ? t("minutes", { count: each }) : t("hours", { count: each / 60 })}
        </Button>
      ))}
      <p className="quiet small">{t("clockGoesOn")}</p>
    </div>
  );
}
