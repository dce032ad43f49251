/** A table of quick replies taken in: looked at first, then row by row; what is refused is told with its row. */
import { InboxOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Drawer, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house, newKey, Refusal } from "../../../lib/house";
import { textOf } from "./csv";
import { type Reply, type Row, readTable, type Table } from "./table";

interface Refused {
  number: number;
  sentence: string;
}
interface Outcome {
  taken: number;
  refused: Refused[];
}

export function ImportDrawer({ known, mine, close }: { known: readonly Reply[]; mine: boolean; close: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const [table, setTable] = useState<Table | null>(null);
  const [done, setDone] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const rows = table && "rows" in table ? table.rows : [];
  const look = async (file: Blob) => {
    setOutcome(null);
    setTable(readTable(await textOf(file), known, mine));
  };
  const take = async () => {
    setBusy(true);
    setOutcome(await takeIn(rows, t("offline"), setDone));
    await queries.invalidateQueries({ queryKey: ["quick-replies"] });
    setBusy(false);
    setTable(null);
  };
  return (
    <Drawer open onClose={close} title={t("replies.import")} size={520}>
      <div className="lined">
        <p>{t("replies.importAbout")}</p>
        <Upload.Dragger
          accept=".csv,.txt,.tsv"
          showUploadList={false}
          disabled={isBusy}
          beforeUpload={(file) => {
            void look(file);
            return false;
          }}
        >
          <p>
            <InboxOutlined /> {t("replies.pickFile")}
          </p>
        </Upload.Dragger>
        {table && "missing" in table && (
          <Alert type="error" showIcon title={t("replies.missing", { columns: table.missing.join(t("comma")) })} />
        )}
        {rows.length > 0 && <Look rows={rows} />}
        {rows.length > 0 && (
          <Button type="primary" loading={isBusy} onClick={() => void take()}>
            {isBusy ? t("replies.taking", { done, count: rows.length }) : t("replies.take", { count: rows.length })}
          </Button>
        )}
        {table && "rows" in table && rows.length === 0 && (
          <Alert type="warning" showIcon title={t("replies.emptyTable")} />
        )}
        {outcome && <Told outcome={outcome} />}
      </div>
    </Drawer>
  );
}

function Look({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation("settings");
  const changed = rows.filter((each) => each.id !== null).length;
  return (
    <>
      <p>{t("replies.found", { fresh: rows.length - changed, changed })}</p>
      <ul className="listing">
        {rows.slice(0, 5).map((each) => (
          <li key={each.number}>
            <div className="what">
              <b>{each.wanted.title}</b>
              <span className="quiet ellipsis">{each.wanted.text}</span>
            </div>
            <span className="side quiet small">{each.wanted.folder}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Alert
        type={outcome.refused.length === 0 ? "success" : "warning"}
        showIcon
        title={t("replies.taken", { count: outcome.taken, refused: outcome.refused.length })}
      />
      <ul className="facts">
        {outcome.refused.map((each) => (
          <li key={each.number} className="bad">
            {t("replies.row", { number: each.number, sentence: each.sentence })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One after the other, so that their order in a folder is the file's. */
async function takeIn(rows: readonly Row[], offline: string, tell: (done: number) => void): Promise<Outcome> {
  const refused: Refused[] = [];
  for (const [at, row] of rows.entries()) {
    try {
      const params = { path: { reply_id: row.id ?? newKey() } };
      await given(house.PUT("/v1/quick-replies/{reply_id}", { params, body: row.wanted }));
    } catch (error) {
      refused.push({ number: row.number, sentence: error instanceof Refusal ? error.message : offline });
    }
    tell(at + 1);
  }
  return { taken: rows.length - refused.length, refused };
}
