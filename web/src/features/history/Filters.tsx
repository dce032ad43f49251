/** What to look for. It stands in the address as soon as it is said. */
import { DownloadOutlined, SearchOutlined, StarOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Space } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session";
import { Chips } from "./Chips";
import { exportAddress } from "./export";
import { filled } from "./filled";
import { MoreFilters } from "./MoreFilters";
import { filtersOf, type HistorySearch, isByWords } from "./search";
import { Views } from "./Views";

interface Props {
  search: HistorySearch;
  look: (search: HistorySearch) => void;
}

export function Filters({ search, look }: Props) {
  const { t } = useTranslation("history");
  const me = useMe();
  const filters = filtersOf(search);
  const set = (change: HistorySearch) => look(filled({ ...filters, ...change }));
  const count = Object.keys(filters).filter((each) => each !== "words").length;
  return (
    <search className="filters">
      <Words value={search.words ?? ""} set={(words) => set({ words })} />
      <Space size={4} wrap>
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={<MoreFilters search={filters} set={set} />}
          destroyOnHidden
        >
          <Button size="small">{count > 0 ? t("filtersOn", { count }) : t("filters")}</Button>
        </Popover>
        <Chips search={filters} set={set} />
        <Views search={filters} look={look} icon={<StarOutlined />} />
        {me.rights.includes("exports.make") && (
          <Button
            size="small"
            type="text"
            icon={<DownloadOutlined />}
            href={isByWords(filters) ? undefined : exportAddress(filters)}
            disabled={isByWords(filters)}
            title={t(isByWords(filters) ? "exportNotWords" : "exportWhat")}
            download
          >
            {t("export")}
          </Button>
        )}
      </Space>
    </search>
  );
}

const PAUSE_MS = 300;

function Words({ value, set }: { value: string; set: (words: string) => void }) {
  const { t } = useTranslation("history");
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `set` is new with every address
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => set(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Input
      type="search"
      prefix={<SearchOutlined aria-hidden="true" />}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => set(text)}
      aria-label={t("words")}
      placeholder={t("wordsHint")}
      maxLength={200}
      allowClear
    />
  );
}
