/** Searches that are kept under names. */
import { Button, Dropdown, Input, Popover } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistorySearch } from "./search";
import { forgetView, keepView, useViews } from "./views";

interface Props {
  search: HistorySearch;
  look: (search: HistorySearch) => void;
  icon: ReactNode;
}

export function Views({ search, look, icon }: Props) {
  const { t } = useTranslation("history");
  const views = useViews((each) => each.views);
  const items = views.map((each) => ({
    key: each.name,
    label: (
      <span className="view">
        {each.name}
        <button
          type="button"
          aria-label={t("forgetView", { name: each.name })}
          onClick={(event) => {
            event.stopPropagation();
            forgetView(each.name);
          }}
        >
          ×
        </button>
      </span>
    ),
    onClick: () => look(each.search),
  }));
  const isAsking = Object.keys(search).length > 0;
  return (
    <>
      {views.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items }}>
          <Button size="small" type="text" icon={icon}>
            {t("views")}
          </Button>
        </Dropdown>
      )}
      {isAsking && <KeepView search={search} />}
    </>
  );
}

function KeepView({ search }: { search: HistorySearch }) {
  const { t } = useTranslation("history");
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const keep = () => {
    if (!name.trim()) return;
    keepView(name.trim(), search);
    setName("");
    setIsOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setIsOpen}
      content={
        <div className="keep-view">
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={keep}
            aria-label={t("viewName")}
            placeholder={t("viewName")}
            maxLength={40}
            autoFocus
          />
          <Button type="primary" onClick={keep} disabled={!name.trim()}>
            {t("keep")}
          </Button>
        </div>
      }
    >
      <Button size="small" type="text">
        {t("keepView")}
      </Button>
    </Popover>
  );
}
