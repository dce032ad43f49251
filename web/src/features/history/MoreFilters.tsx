/** Every filter that there is. */
import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShops } from "../../lib/shops";
import { useLive } from "../../live/store";
import type { SetFilters } from "./filled";
import { isByWords, NOBODY, STATUSES } from "./search";

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

export function MoreFilters({ search, set }: SetFilters) {
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

interface SeveralProps extends SetFilters {
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

function Text({ name, search, set }: SetFilters & { name: "buyer" | "order" }) {
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
