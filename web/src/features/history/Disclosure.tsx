/** Seeing what is behind asterisks: who looked is written down first, and can be looked up. */
import { EyeOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Spoken } from "../../conversation/words";
import { dayAndTime } from "../../lib/format";
import { given, house } from "../../lib/house";
import { useLive } from "../../live/store";

interface Props {
  chat: string;
  seq: number | undefined;
  isWhole: boolean;
  show: (whole: { buyer: string; messages: readonly Spoken[] } | null) => void;
}

/** Messages after a hit that are disclosed with it. */
const AFTER_A_HIT = 200;

export function Disclosure({ chat, seq, isWhole, show }: Props) {
  const { t } = useTranslation("history");
  const queries = useQueryClient();
  const [problem, setProblem] = useState("");
  const disclose = async () => {
    const query = seq ? { before: seq + AFTER_A_HIT } : {};
    try {
      const params = { path: { chat_id: chat }, query };
      const whole = await given(house.POST("/v1/chats/{chat_id}/disclosures", { params }));
      show(whole as unknown as { buyer: string; messages: Spoken[] });
      setProblem("");
      void queries.invalidateQueries({ queryKey: ["looked", chat] });
    } catch (error) {
      setProblem((error instanceof Error && error.message) || t("noHouse"));
    }
  };
  if (isWhole) return <Button onClick={() => show(null)}>{t("mask")}</Button>;
  return (
    <>
      <Popconfirm title={t("unmaskAsk")} okText={t("unmask")} cancelText={t("close")} onConfirm={disclose}>
        <Button icon={<EyeOutlined />}>{t("unmask")}</Button>
      </Popconfirm>
      {problem && (
        <span className="bad small" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

export function WhoLooked({ chat }: { chat: string }) {
  const { t } = useTranslation("history");
  const { data } = useQuery({
    queryKey: ["looked", chat],
    queryFn: () => given(house.GET("/v1/audit", { params: { query: { subject: chat, limit: 20 } } })),
  });
  const looked = (data?.items ?? []).filter((each) => each.what === "buyer.disclosed");
  if (looked.length === 0) return null;
  return (
    <details className="who-looked small">
      <summary>{t("looked", { count: looked.length })}</summary>
      <ul>
        {looked.map((each) => (
          <li key={each.number}>
            {dayAndTime(each.at)} <Person account={each.account} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Person({ account }: { account: string | null }) {
  const name = useLive((each) => (account ? (each.people.get(account)?.name ?? account) : ""));
  return <b>{name}</b>;
}
