/** Complaints, after-sales and promises: each with its owner and its clock, what ends first on top. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select, Spin, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session";
import { useShops } from "../../lib/shops";
import { PARTS, type Part } from "./parts";
import { TaskLine } from "./TaskLine";
import { belongs, type OpenTask, useTasks } from "./tasks";
import "./tasks.css";

export function Tasks() {
  const { t } = useTranslation("tasks");
  const me = useMe().account.id;
  const { part = "all", shop } = useSearch({ from: "/inside/tasks" });
  const navigate = useNavigate();
  const { shops } = useShops();
  const { data, error, isPending, refetch } = useTasks();
  const inShop = (data ?? []).filter((each) => shop === undefined || each.shop === shop);
  const look = (next: { part?: Part; shop?: string }) => void navigate({ to: "/tasks", search: next, replace: true });
  return (
    <div className="tasks">
      <header>
        <h1>{t("title")}</h1>
        {(shops?.length ?? 0) > 1 && (
          <Select
            allowClear
            value={shop}
            placeholder={t("allShops")}
            aria-label={t("shop")}
            options={shops?.map((each) => ({ value: each.id, label: each.name }))}
            onChange={(value?: string) => look({ part, shop: value })}
            popupMatchSelectWidth={false}
          />
        )}
      </header>
      <Tabs
        size="small"
        activeKey={part}
        onChange={(key) => look({ part: key as Part, shop })}
        items={PARTS.map((each) => ({
          key: each,
          label: (
            <>
              {t(`part.${each}`)} <span className="quiet">{inShop.filter((one) => belongs(each, one, me)).length}</span>
            </>
          ),
        }))}
      />
      {error && (
        <p className="bad tasks-problem" role="alert">
          {error.message || t("noHouse")}{" "}
          <Button size="small" onClick={() => void refetch()}>
            {t("app:again")}
          </Button>
        </p>
      )}
      {isPending ? (
        <div className="page-middle">
          <Spin />
        </div>
      ) : (
        <Table tasks={inShop.filter((each) => belongs(part, each, me))} />
      )}
    </div>
  );
}

function Table({ tasks }: { tasks: readonly OpenTask[] }) {
  const { t } = useTranslation("tasks");
  if (tasks.length === 0) return <p className="page-middle">{t("none")}</p>;
  return (
    <div className="tasks-rows">
      <table>
        <caption className="only-heard">{t("title")}</caption>
        <thead>
          <tr>
            {["end", "what", "buyer", "order", "owner", "deeds"].map((each) => (
              <th key={each} scope="col">
                {t(`head.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tasks.map((each) => (
            <TaskLine key={`${each.chat} ${each.task.id}`} task={each} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
