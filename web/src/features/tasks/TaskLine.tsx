/** One thing to be seen to: until when, for whom, by whom, and what can be done. */
import { CheckOutlined, ClockCircleOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ringView } from "../../design/ring";
import { houseNow, useSecond } from "../../lib/clock";
import { dayAndTime } from "../../lib/format";
import { useMe } from "../../lib/session";
import { useShopName } from "../../lib/shops";
import { useLive } from "../../live/store";
import { Owner } from "./Owner";
import { change, close, type Do, endOf, type OpenTask } from "./tasks";

export function TaskLine({ task: open }: { task: OpenTask }) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const shopName = useShopName();
  const isThere = useLive((each) => each.chats.has(open.chat));
  const { task } = open;
  const may = me.rights.includes("tasks.manage");
  const [deed, problem, isBusy] = useDeed();
  return (
    <tr className={task.risk ? "risk" : ""}>
      <td>
        <End task={open} />
      </td>
      <td>
        <b>{t(`what.${task.what}`, { defaultValue: task.what })}</b>
        {task.risk && <span className="tag bad">{t("risk")}</span>}
        <div className="quiet small">{t("opened", { at: dayAndTime(task.opened_at) })}</div>
      </td>
      <td>
        {isThere ? (
          <Link to="/" search={{ chat: open.chat }}>
            {open.buyer || t("chat")}
          </Link>
        ) : (
          <Link to="/history" search={{ chat: open.chat }}>
            {open.buyer || t("chat")}
          </Link>
        )}
        <div className="quiet small ellipsis">
          {shopName(open.shop)} · {open.channel}
        </div>
      </td>
      <td>
        {task.order ? (
          <Link to="/history" search={{ order: task.order }} title={t("orderChats")}>
            {task.order}
          </Link>
        ) : (
          <span className="quiet">–</span>
        )}
      </td>
      <td>
        <Owner task={open} may={may} deed={deed} />
      </td>
      <td className="deeds">
        {may && (
          <>
            <Button size="small" icon={<CheckOutlined />} loading={isBusy} onClick={() => void deed(() => close(open))}>
              {t("done")}
            </Button>
            <PutOff task={open} deed={deed} />
          </>
        )}
        {problem && (
          <span className="bad small" role="alert">
            {problem}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Do something; what the house says against it stands beside. */
function useDeed(): [Do, string, boolean] {
  const { t } = useTranslation("tasks");
  const queries = useQueryClient();
  const [problem, setProblem] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const deed: Do = async (asked) => {
    setIsBusy(true);
    try {
      await asked();
      setProblem("");
      await queries.invalidateQueries({ queryKey: ["tasks"] });
    } catch (error) {
      setProblem((error instanceof Error && error.message) || t("noHouse"));
    } finally {
      setIsBusy(false);
    }
  };
  return [deed, problem, isBusy];
}

/** How long is left, in words and as a bar; what is over says by how much. */
function End({ task }: { task: OpenTask }) {
  const { t } = useTranslation("tasks");
  const now = useSecond();
  const end = endOf(task);
  if (end === null) return <span className="quiet">{t("noEnd")}</span>;
  const left = Date.parse(end.at) - now;
  const view = ringView(left, Date.parse(end.at) - Date.parse(end.since), true, "", "");
  const minutes = Math.floor(Math.abs(left) / 60_000);
  const words = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return (
    <div className={`end ${view.state}`}>
      <b>{t(left < 0 ? "over" : "left", words)}</b>
      <span className="end-bar" aria-hidden="true">
        <span style={{ width: `${view.share * 100}%` }} />
      </span>
      <div className="quiet small">
        {t(end.isPlatforms ? "platformsEnd" : "promisedEnd", { at: dayAndTime(end.at) })}
      </div>
    </div>
  );
}

const LATER_HOURS = [1, 4, 24, 48];

function PutOff({ task, deed }: { task: OpenTask; deed: Do }) {
  const { t } = useTranslation("tasks");
  const until = (hours: number) => new Date(houseNow() + hours * 3_600_000).toISOString();
  const items = LATER_HOURS.map((hours) => ({
    key: hours,
    label: t("later", { count: hours }),
    onClick: () => void deed(() => change(task, { due: until(hours) })),
  }));
  const hint = task.clock ? [{ key: "hint", type: "group" as const, label: t("clockGoesOn") }] : [];
  return (
    <Dropdown trigger={["click"]} menu={{ items: [...items, ...hint] }}>
      <Button size="small" icon={<ClockCircleOutlined />}>
        {t("putOff")}
      </Button>
    </Dropdown>
  );
}
