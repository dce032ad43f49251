/** The chats found, newest first; more come as one scrolls. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button, Spin } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { houseNow } from "../../lib/clock";
import { shortTime } from "../../lib/format";
import { useShopName } from "../../lib/shops";
import { useLive } from "../../live/store";
import { type Found, useFound } from "./found";
import { filtersOf, type HistorySearch } from "./search";

interface Props {
  search: HistorySearch;
  read: (chat: string, seq: number | undefined) => void;
}

const ROW = 68;

export function FoundList({ search, read }: Props) {
  const { t } = useTranslation("history");
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useFound(search);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const place = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.chat ?? index,
    overscan: 6,
  });
  const shown = lines.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && rows.length > 0 && last >= rows.length - 5) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (error && rows.length === 0)
    return (
      <div className="page-middle" role="alert">
        <p className="bad">{error.message || t("noHouse")}</p>
        <Button onClick={() => void refetch()}>{t("app:again")}</Button>
      </div>
    );
  if (isPending)
    return (
      <div className="page-middle">
        <Spin />
      </div>
    );
  if (rows.length === 0)
    return <p className="page-middle">{t(Object.keys(filtersOf(search)).length > 0 ? "noneFound" : "noneYet")}</p>;
  return (
    <div className="found" ref={place}>
      <ul style={{ height: lines.getTotalSize() }} aria-label={t("found")}>
        {shown.map((item) => {
          const found = rows[item.index];
          return found ? (
            <li key={item.key} style={{ top: item.start, height: ROW }}>
              <Row found={found} isOpen={found.chat === search.chat} read={read} />
            </li>
          ) : null;
        })}
      </ul>
      {(hasNextPage || error) && (
        <div className="found-more">
          {error && <p className="bad small">{error.message || t("noHouse")}</p>}
          <Button size="small" type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ found, isOpen, read }: { found: Found; isOpen: boolean; read: Props["read"] }) {
  const { t } = useTranslation("history");
  const { account } = found;
  const shopName = useShopName();
  const holder = useLive((each) => (account ? (each.people.get(account)?.name ?? account) : ""));
  return (
    <button
      type="button"
      className={`found-row ${isOpen ? "open" : ""}`}
      aria-current={isOpen}
      onClick={() => read(found.chat, found.seq)}
    >
      <span className="found-line">
        <b className="ellipsis">{found.buyer}</b>
        {found.state && (
          <span className={`tag ${found.state === "waiting" ? "warn" : ""}`}>{t(`status.${found.state}`)}</span>
        )}
        {(found.tasks ?? 0) > 0 && <span className="tag warn">{t("tasks", { count: found.tasks })}</span>}
        {found.spam && <span className="tag lost">{t(`desk:spam.${found.spam}`)}</span>}
        {found.tags?.slice(0, 2).map((each) => (
          <span key={each} className="tag ellipsis">
            {each}
          </span>
        ))}
        {(found.count ?? 0) > 1 && (
          <span className="tag">{t(found.count === 100 ? "hitsMany" : "hits", { count: found.count })}</span>
        )}
        <time className="quiet small" dateTime={found.at}>
          {shortTime(found.at, houseNow())}
        </time>
      </span>
      <span className="found-line said ellipsis">
        {found.text || (found.kind ? t(`desk:kind.${found.kind}`, { defaultValue: found.kind }) : "")}
      </span>
      <span className="found-line quiet small ellipsis">
        {shopName(found.shop)} · {found.channel}
        {holder && ` · ${holder}`}
      </span>
    </button>
  );
}
