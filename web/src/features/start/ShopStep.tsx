/** The shop's name, and by which platform's rules it is counted. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { given, house, type Schemas } from "../../lib/house";
import { knownPacksQuery } from "../../lib/packs";
import { shopsQuery } from "../../lib/shops";
import { useAsking } from "./asking";
import type { StepProps } from "./progress";

const NEUTRAL = "neutral";
const neutralFirst = (packs: readonly Schemas["KnownPackTold"][]) =>
  [...packs].sort((one, other) => Number(other.id === NEUTRAL) - Number(one.id === NEUTRAL));

interface Fields {
  name: string;
  pack: string;
}

export function ShopStep({ shop, next, below }: StepProps) {
  const { t, i18n } = useTranslation("start");
  const queries = useQueryClient();
  const { data: packs } = useQuery(knownPacksQuery);
  const { data: shops } = useQuery(shopsQuery);
  const { problem, isBusy, run } = useAsking();
  const known = shops?.find((each) => each.id === shop);
  const hint = (pack: Schemas["KnownPackTold"]) =>
    (pack.assessed ?? []).map(({ start, end }) => t("shop.assessed", { start, end })).join(" ");
  const save = async ({ name, pack }: Fields) => {
    const chosen = packs?.find((each) => each.id === pack);
    const body = { name: name.trim(), pack, timezone: chosen?.timezone ?? "Asia/Shanghai" };
    const isDone = await run(async () => {
      if (known) await given(house.PUT("/v1/shops/{shop}", { params: { path: { shop } }, body }));
      else await given(house.POST("/v1/shops", { body: { ...body, id: body.name } }));
      await queries.invalidateQueries({ queryKey: ["shops"] });
    });
    if (isDone) next();
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      disabled={isBusy}
      initialValues={{ name: known?.name ?? "", pack: known?.pack ?? NEUTRAL }}
      onFinish={(fields: Fields) => void save(fields)}
    >
      <Form.Item
        name="name"
        label={t("shop.label")}
        rules={[{ required: true, whitespace: true, max: 64, message: t("shop.needName") }]}
      >
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="pack" label={t("shop.platform")}>
        <Radio.Group
          className="start-choices"
          options={neutralFirst(packs ?? []).map((each) => ({
            value: each.id,
            label: (
              <>
                {each.title[i18n.language] ?? each.id} <span className="quiet small">{hint(each)}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      {problem && <Alert type="error" showIcon title={problem} />}
      <div className="start-below">
        {below}
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("next")}
        </Button>
      </div>
    </Form>
  );
}
