/** Who answers when: one of the usual ways, drawn over the hours that the platform assesses. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { given, house } from "../../lib/house";
import { knownPacksQuery } from "../../lib/packs";
import { shopsQuery } from "../../lib/shops";
import { useAsking } from "./asking";
import {
  alarmsOf,
  assessedOf,
  hoursOf,
  minutesIn,
  type Preset,
  presetsFor,
  type Shift,
  timeOf,
  uncovered,
} from "./presets";
import { hoursQuery, type StepProps } from "./progress";

export function HoursStep({ shop, next, below }: StepProps) {
  const { t } = useTranslation("start");
  const queries = useQueryClient();
  const { data: packs } = useQuery(knownPacksQuery);
  const { data: shops } = useQuery(shopsQuery);
  const { data: hours } = useQuery(hoursQuery(shop));
  const { problem, isBusy, run } = useAsking();
  const [picked, pick] = useState<Preset["name"]>("small");
  const known = shops?.find((each) => each.id === shop);
  const assessed = assessedOf(packs?.find((each) => each.id === (known?.pack ?? "neutral")));
  const presets = presetsFor(assessed);
  const params = { path: { shop } };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const preset = presets.find((each) => each.name === picked) as Preset;
    const isDone = await run(async () => {
      const value = hoursOf(preset, known?.timezone ?? "Asia/Shanghai");
      const expected_version = hours?.version ?? null;
      await given(house.PUT("/v1/shops/{shop}/settings/hours", { params, body: { value, expected_version } }));
      const alarms = await given(house.GET("/v1/shops/{shop}/settings/alarms", { params }));
      // What somebody has set is not overwritten.
      if (alarms.version == null)
        await given(house.PUT("/v1/shops/{shop}/settings/alarms", { params, body: { value: alarmsOf(preset) } }));
      await queries.invalidateQueries({ queryKey: hoursQuery(shop).queryKey });
    });
    if (isDone) next();
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <fieldset className="presets">
        <legend className="only-heard">{t("question.hours")}</legend>
        {presets.map((each) => (
          <Choice
            key={each.name}
            preset={each}
            assessed={assessed}
            isPicked={each.name === picked}
            pick={() => pick(each.name)}
          />
        ))}
      </fieldset>
      <p className="drawn-legend small quiet">
        <span className="swatch there" /> {t("hours.there")} <span className="swatch missing" /> {t("hours.missing")}
      </p>
      {problem && <Alert type="error" showIcon title={problem} />}
      <div className="start-below">
        {below}
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("next")}
        </Button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  preset: Preset;
  assessed: readonly Shift[];
  isPicked: boolean;
  pick: () => void;
}

function Choice({ preset, assessed, isPicked, pick }: ChoiceProps) {
  const { t } = useTranslation("start");
  const gaps = uncovered(assessed, preset.shifts);
  const missed = minutesIn(gaps);
  const told = missed === 0 ? t("hours.covered") : t("hours.misses", { hours: Math.round(missed / 6) / 10 });
  return (
    <label className={isPicked ? "preset picked" : "preset"}>
      <input type="radio" name="preset" value={preset.name} checked={isPicked} onChange={pick} />
      <span className="preset-words">
        <b>{t(`hours.preset.${preset.name}`)}</b>
        <span className="quiet">{t(`hours.presetAbout.${preset.name}`)}</span>
        <span className={missed > 0 ? "warn small" : "ok small"}>{told}</span>
      </span>
      <Drawn preset={preset} gaps={gaps} assessed={assessed} />
    </label>
  );
}

const DAY = 1_440;

/** Each shift a bar of its own, and what nobody covers hatched. */
function Drawn({ preset, gaps, assessed }: { preset: Preset; gaps: readonly Shift[]; assessed: readonly Shift[] }) {
  const rows = preset.shifts.length;
  const marks = [0, ...assessed.flatMap((each) => [each.begins, each.ends])];
  const bar = (each: Shift, row: number, name: string) => (
    <rect
      key={`${name}${each.begins}`}
      className={name}
      x={(each.begins / DAY) * 144}
      width={((each.ends - each.begins) / DAY) * 144}
      y={row * 9}
      height="6"
      rx="2"
    />
  );
  return (
    <svg className="shifts" viewBox={`0 0 152 ${rows * 9 + 18}`} aria-hidden="true">
      <defs>
        <pattern
          id={`gap-${preset.name}`}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" className="gap-ground" />
          <rect width="2" height="4" className="gap-line" />
        </pattern>
      </defs>
      {preset.shifts.map((each, row) => bar(each, row, "shift"))}
      {gaps.map((each) => (
        <rect
          key={each.begins}
          fill={`url(#gap-${preset.name})`}
          x={(each.begins / DAY) * 144}
          width={((each.ends - each.begins) / DAY) * 144}
          y="0"
          height="6"
        />
      ))}
      {[...new Set(marks)].map((each) => (
        <text key={each} x={(each / DAY) * 144} y={rows * 9 + 15} textAnchor={each === DAY ? "end" : "start"}>
          {Number(timeOf(each).slice(0, 2))}
        </text>
      ))}
    </svg>
  );
}
