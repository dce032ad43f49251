/** Who changed something last, and all its versions. */
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "../../../lib/format";
import type { Schemas } from "../../../lib/house";
import type { Standing } from "./document";
import { useWho } from "./names";
import { Failed, Waiting } from "./states";

interface Props {
  standing: Standing<unknown>;
  history?: () => Promise<Schemas["Version"][]>;
}

export function LastChange({ standing, history }: Props) {
  const { t } = useTranslation("settings");
  const who = useWho();
  const [isOpen, setOpen] = useState(false);
  if (!standing.changed_at)
    return <span className="quiet small">{standing.version === null && t("neverChanged")}</span>;
  return (
    <span className="quiet small">
      {t("changedBy", { who: who(standing.changed_by), at: dayAndTime(standing.changed_at) })}
      {history && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {t("history")}
        </Button>
      )}
      {history && isOpen && <History read={history} close={() => setOpen(false)} />}
    </span>
  );
}

function History({ read, close }: { read: () => Promise<Schemas["Version"][]>; close: () => void }) {
  const { t } = useTranslation("settings");
  const who = useWho();
  const told = useQuery({ queryKey: ["settings-history", read.toString()], queryFn: read, gcTime: 0, staleTime: 0 });
  return (
    <Drawer open onClose={close} title={t("history")} size={480}>
      {told.isPending && <Waiting />}
      {told.isError && <Failed error={told.error} again={() => void told.refetch()} />}
      <ol className="listing">
        {told.data?.map((each) => (
          <li key={each.version}>
            <div className="what">
              <b>{t("changedBy", { who: who(each.changed_by), at: dayAndTime(each.changed_at) })}</b>
              {each.value == null ? (
                <span className="quiet">{t("sealed")}</span>
              ) : (
                <details>
                  <summary>{t("versionIs", { version: each.version })}</summary>
                  <code className="code">{JSON.stringify(each.value, null, 2)}</code>
                </details>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
