/** What to look for. It stands in the address as soon as it is said. */
import { DownloadOutlined, SearchOutlined, StarOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Select, Space } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session";
import { useShopName, useShops } from "../../lib/shops";
import { useLive } from "../../live/store";
import { exportAddress } from "./export";
import { filtersOf, type HistorySearch, isByWords, STATUSES } from "./search";
import { Views } from "./Views";

interface Props {
  search: HistorySearch;
  look: (search: HistorySearch) => void;
}

const NOBODY = "nobody";
const KINDS = [
  "text",
  "image",
  "video",
  "file",
  "card.product",
  "coupon",
  "note",
  "rating.given",
  "complaint.opened",
  "refund.requested",
];

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
        <Popover trigger="click" placement="bottomLeft" content={<More search={filters} set={set} />} destroyOnHidden>
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

/** What is empty is not asked for. */
function filled(search: HistorySearch): HistorySearch {
  const said = Object.entries(search).filter(([, value]) => value && (!Array.isArray(value) || value.length > 0));
  return Object.fromEntries(said) as HistorySearch;
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

interface SetProps {
  search: HistorySearch;
  set: (change: HistorySearch) => void;
}

/** What is asked for beside words, each to be taken away. */
function Chips({ search, set }: SetProps) {
  const { t } = useTranslation("history");
  const people = useLive((each) => each.people);
  const shopName = useShopName();
  const told: Record<string, (value: string) => string> = {
    status: (value) => t(`status.${value}`),
    account: (value) => (value === NOBODY ? t("nobody") : (people.get(value)?.name ?? value)),
    group: (value) => (value === NOBODY ? t("noGroup") : value),
    shop: shopName,
    kind: (value) => t(`desk:kind.${value}`, { defaultValue: t(`kind.${value}`, { defaultValue: value }) }),
  };
  const chips = Object.entries(search).flatMap(([name, value]) => {
    if (name === "words") return [];
    const values = (Array.isArray(value) ? value : [value]) as string[];
    return values.map((each) => ({
      key: `${name} ${each}`,
      word: `${t(`filter.${name}`)}: ${told[name]?.(each) ?? each}`,
      drop: () => set({ [name]: Array.isArray(value) ? value.filter((one) => one !== each) : undefined }),
    }));
  });
  return chips.map(({ key, word, drop }) => (
    <span key={key} className="tag chip">
      {word}
      <button type="button" aria-label={t("drop", { word })} onClick={drop}>
        ×
      </button>
    </span>
  ));
}

function More({ search, set }: SetProps) {
  const { t } = useTranslation("history");
  const byWords = isByWords(search);
  const people = useLive((each) => each.people);
  const chats = useLive((each) => each.chats);
  const { shops } = useShops();
  const seen = [...chats.values()];
  const accounts = [...people.values()].map((each) => ({ value: each.account, label: each.name }));
  const groups = [...new Set([...people.values()].flatMap((each) => each.groups ?? []))].map((value) => ({
    value,
    label: value,
  }));
  const channels = [...new Set(seen.map((each) => each.channel))].map((value) => ({ value, label: value }));
  const tags = [...new Set(seen.flatMap((each) => each.card.life?.tags ?? []))].map((value) => ({
    value,
    label: value,
  }));
  return (
    <div className="filters-more">
      {(shops?.length ?? 0) > 1 && (
        <Several
          name="shop"
          {...{ search, set }}
          options={shops?.map((each) => ({ value: each.id, label: each.name }))}
        />
      )}
      <Several name="channel" {...{ search, set }} options={channels} free />
      <Several
        name="account"
        {...{ search, set }}
        options={byWords ? accounts : [{ value: NOBODY, label: t("nobody") }, ...accounts]}
      />
      <Several
        name="status"
        {...{ search, set }}
        options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        disabled={byWords}
      />
      <Several
        name="group"
        {...{ search, set }}
        options={[{ value: NOBODY, label: t("noGroup") }, ...groups]}
        disabled={byWords}
      />
      <Several name="tag" {...{ search, set }} options={tags} disabled={byWords} free />
      {byWords && <p className="quiet small">{t("notWithWords")}</p>}
      <Several
        name="kind"
        {...{ search, set }}
        options={KINDS.map((value) => ({
          value,
          label: t(`desk:kind.${value}`, { defaultValue: t(`kind.${value}`) }),
        }))}
      />
      <Text name="buyer" {...{ search, set }} />
      <Text name="order" {...{ search, set }} />
      <fieldset>
        <legend className="quiet small">{t("days")}</legend>
        {(["since", "until"] as const).map((each) => (
          <Input
            key={each}
            type="date"
            value={search[each] ?? ""}
            aria-label={t(`filter.${each}`)}
            onChange={(event) => set({ [each]: event.target.value })}
          />
        ))}
      </fieldset>
    </div>
  );
}

interface SeveralProps extends SetProps {
  name: "shop" | "channel" | "account" | "status" | "group" | "tag" | "kind";
  options: { value: string; label: string }[] | undefined;
  disabled?: boolean;
  /** Others than those listed can be written, too. */
  free?: boolean;
}

function Several({ name, search, set, options, disabled, free }: SeveralProps) {
  const { t } = useTranslation("history");
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the select is inside
    <label>
      <span className="quiet small">{t(`filter.${name}`)}</span>
      <Select
        mode={free ? "tags" : "multiple"}
        value={search[name] ?? []}
        options={options}
        disabled={disabled}
        onChange={(value: string[]) => set({ [name]: value })}
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t(`filter.${name}`)}
        maxTagCount="responsive"
      />
    </label>
  );
}

function Text({ name, search, set }: SetProps & { name: "buyer" | "order" }) {
  const { t } = useTranslation("history");
  const [text, setText] = useState(search[name] ?? "");
  const isShort = name === "order" && text !== "" && text.length < 4;
  const say = () => !isShort && set({ [name]: text.trim() });
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside
    <label>
      <span className="quiet small">{t(`filter.${name}`)}</span>
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={say}
        onPressEnter={say}
        maxLength={100}
        status={isShort ? "error" : undefined}
      />
      {isShort && <span className="bad small">{t("orderShort")}</span>}
    </label>
  );
}
