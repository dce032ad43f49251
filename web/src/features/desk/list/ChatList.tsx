/** The list of chats: waiting, answered, snoozed; smooth with thousands. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Tabs } from "antd";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Shown } from "../../../conversation/words";
import { houseNow, useSecond } from "../../../lib/clock";
import { percent } from "../../../lib/format";
import { usePacks, useWords } from "../../../lib/packs";
import { useMe } from "../../../lib/session";
import { replyRate } from "../../../live/rates";
import { useLive } from "../../../live/store";
import { useDesk } from "../desk";
import { type Filter, type Group, parts, shows } from "./order";
import { Row } from "./Row";

type Line = { head: Group; count: number } | { chat: Shown; group: Group };

export function ChatList({ open }: { open: (chat: string) => void }) {
  const { t } = useTranslation("desk");
  const filter = useDesk((each) => each.filter);
  const lines = useLines(filter);
  const selected = useDesk((each) => each.open[0] ?? null);
  const isReady = useLive((each) => each.isReady);
  const place = useRef<HTMLDivElement>(null);
  const heights = useRowHeights();
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => place.current,
    estimateSize: (index) => heights(lines[index]),
    getItemKey: (index) => keyOf(lines[index]),
    overscan: 8,
  });
  useStill(place, lines, selected, heights);
  const select = (event: React.KeyboardEvent) => step(event, lines, selected, open);
  return (
    <section className="list" aria-label={t("chats")}>
      <Filters />
      {lines.length === 0 && <p className="page-middle">{t(isReady ? "allAnswered" : "loading")}</p>}
      <div
        className="list-rows"
        ref={place}
        role="listbox"
        tabIndex={0}
        aria-label={t("chats")}
        aria-activedescendant={selected ? `chat-${selected}` : undefined}
        onKeyDown={select}
      >
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            const style = { position: "absolute" as const, top: item.start, left: 0, right: 0, height: item.size };
            return "head" in line ? (
              <div key={item.key} className="list-head" style={style} role="presentation">
                <b>{t(`group.${line.head}`)}</b> {line.count}
                {line.head === "waiting" && <span className="quiet">{t("bySeconds")}</span>}
              </div>
            ) : (
              <Row
                key={item.key}
                style={style}
                chat={line.chat}
                group={line.group}
                isOpen={line.chat.id === selected}
                open={open}
              />
            );
          })}
        </div>
      </div>
      <MyDay />
    </section>
  );
}

const keyOf = (line: Line | undefined): string => (line === undefined ? "" : "head" in line ? line.head : line.chat.id);

/** Rows are sorted anew when a chat changes and when one is lost, not every second. */
function useLines(filter: Filter): Line[] {
  const me = useMe().account.id;
  const chats = useLive((each) => each.chats);
  const now = useSecond();
  const lost = useMemo(() => {
    let count = 0;
    for (const chat of chats.values()) if (chat.deadline != null && Date.parse(chat.deadline) < now) count += 1;
    return count;
  }, [chats, now]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `lost` changes when time changes the order
  return useMemo(
    () =>
      parts(chats.values(), filter, me, houseNow()).flatMap(({ group, chats }): Line[] =>
        chats.length === 0 ? [] : [{ head: group, count: chats.length }, ...chats.map((chat) => ({ chat, group }))],
      ),
    [chats, filter, me, lost],
  );
}

const NARROW = matchMedia("(max-width: 1400px)");
const TOUCH = matchMedia("(max-width: 700px)");

function useRowHeights(): (line: Line | undefined) => number {
  return (line) => {
    if (line === undefined || "head" in line) return 30;
    if (TOUCH.matches) return line.group === "waiting" ? 68 : 60;
    return line.group === "waiting" ? (NARROW.matches ? 56 : 60) : NARROW.matches ? 48 : 52;
  };
}

/** New rows never move the selected one: the list scrolls by as much as it was pushed. */
function useStill(
  place: React.RefObject<HTMLDivElement | null>,
  lines: Line[],
  selected: string | null,
  height: (line: Line | undefined) => number,
): void {
  const before = useRef<{ chat: string; top: number } | null>(null);
  useEffect(() => {
    let top = 0;
    let found = false;
    for (const line of lines) {
      if (keyOf(line) === selected) {
        found = true;
        break;
      }
      top += height(line);
    }
    const was = before.current;
    if (found && was?.chat === selected && place.current && place.current.scrollTop > 0)
      place.current.scrollTop += top - was.top;
    before.current = found && selected ? { chat: selected, top } : null;
  }, [lines, selected, height, place]);
}

function step(event: React.KeyboardEvent, lines: Line[], selected: string | null, open: (chat: string) => void): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const chats = lines.flatMap((line) => ("chat" in line ? [line.chat.id] : []));
  const at = selected === null ? -1 : chats.indexOf(selected);
  const next = chats[Math.max(0, Math.min(chats.length - 1, at + by))];
  if (next) open(next);
}

function Filters() {
  const { t } = useTranslation("desk");
  const me = useMe();
  const filter = useDesk((each) => each.filter);
  const chats = useLive((each) => each.chats);
  const counts = useMemo(() => {
    const found: Record<Filter, number> = { mine: 0, team: 0, unassigned: 0, spam: 0 };
    for (const chat of chats.values())
      for (const each of Object.keys(found) as Filter[]) if (shows(each, chat, me.account.id)) found[each] += 1;
    return found;
  }, [chats, me.account.id]);
  const names = (Object.keys(counts) as Filter[]).filter(
    (each) => each !== "spam" || counts.spam > 0 || filter === "spam",
  );
  return (
    <Tabs
      size="small"
      activeKey={filter}
      onChange={(key) => useDesk.setState({ filter: key as Filter })}
      items={names.map((each) => ({
        key: each,
        label: (
          <>
            {t(`filter.${each}`)} <span className="quiet">{counts[each]}</span>
          </>
        ),
      }))}
    />
  );
}

/** One's own figures of today. */
function MyDay() {
  const { t } = useTranslation("desk");
  const mine = useLive((each) => each.mine);
  const packs = usePacks();
  const words = useWords();
  const found = useMemo(() => replyRate(mine.values(), packs), [mine, packs]);
  if (!found) return null;
  const { told, figure } = found;
  return (
    <footer className="my-day small">
      {t("myDay", {
        name: words(told.name, told.id),
        rate: percent(figure.value),
        numerator: figure.numerator,
        denominator: figure.denominator,
      })}
    </footer>
  );
}
