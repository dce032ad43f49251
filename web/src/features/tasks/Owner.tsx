/** Whose it is; handed on to a colleague of the shop by choosing another. */
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house } from "../../lib/house";
import { useLive } from "../../live/store";
import { change, type Do, type OpenTask } from "./tasks";

const NOBODY = "";

export function Owner({ task, may, deed }: { task: OpenTask; may: boolean; deed: Do }) {
  const { t } = useTranslation("tasks");
  const people = useLive((each) => each.people);
  const [isOpen, setIsOpen] = useState(false);
  const { shop } = task;
  const { data } = useQuery({
    queryKey: ["colleagues", shop],
    queryFn: () => given(house.GET("/v1/shops/{shop}/colleagues", { params: { path: { shop } } })),
    enabled: isOpen,
  });
  const owner = task.task.account ?? NOBODY;
  const nameOf = (account: string) => (account === NOBODY ? t("nobody") : (people.get(account)?.name ?? account));
  if (!may) return <>{nameOf(owner)}</>;
  const accounts = new Set([NOBODY, owner, ...(data ?? []).map((each) => each.account)]);
  return (
    <Select
      size="small"
      className="owner"
      value={owner}
      status={owner === NOBODY ? "warning" : undefined}
      aria-label={t("handOn")}
      onOpenChange={setIsOpen}
      options={[...accounts].map((value) => ({ value, label: nameOf(value) }))}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      onChange={(account: string) => void deed(() => change(task, { account }))}
    />
  );
}
