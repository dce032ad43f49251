/** The first run: steps at the left, one question, and at the right what the ring will mean. */
import { CheckOutlined } from "@ant-design/icons";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session";
import { AgentsStep } from "./AgentsStep";
import { ChannelStep } from "./ChannelStep";
import { HoursStep } from "./HoursStep";
import { Legend } from "./Legend";
import { MAY_SKIP, type Progress, STEPS, type Step, skip, useProgress, useSkipped } from "./progress";
import { ShopStep } from "./ShopStep";
import "./start.css";

const SHOWN = { shop: ShopStep, hours: HoursStep, agents: AgentsStep, channel: ChannelStep };

export function Start() {
  const { t } = useTranslation("start");
  const me = useMe();
  const progress = useProgress();
  const { skipped } = useSkipped();
  const { step } = useSearch({ strict: false }) as { step?: Step };
  const navigate = useNavigate();
  if (!me.rights.includes("shops.manage") || !me.account.shops.every)
    return <p className="page-middle">{t("ownersOnly")}</p>;
  if (!progress.isKnown)
    return (
      <div className="page-middle">
        <Spin />
      </div>
    );
  const isOpen = (each: Step) => !progress.done.has(each) && !skipped.includes(each);
  const here = step ?? STEPS.find(isOpen) ?? "end";
  const go = (to: Step | "end") => void navigate({ to: "/start", search: { step: to } });
  const after = (each: Step): Step | "end" => STEPS[STEPS.indexOf(each) + 1] ?? "end";
  const left = STEPS.filter(isOpen).length;
  return (
    <div className="start">
      <header className="start-head">
        <h1>{t("title")}</h1>
        <span className="quiet">{left > 0 ? t("left", { count: left }) : t("allDone")}</span>
        <span className="grow" />
        {here !== "end" && (
          <Link to="/" onClick={() => sessionStorage.setItem("miaohui.start.later", "yes")}>
            {t("later")}
          </Link>
        )}
      </header>
      <Steps here={here} progress={progress} go={go} />
      <main className="start-question">
        {here === "end" ? (
          <End />
        ) : (
          <Question key={here} step={here} progress={progress} go={() => go(after(here))} back={go} />
        )}
      </main>
      <Legend />
    </div>
  );
}

interface QuestionProps {
  step: Step;
  progress: Progress;
  go: () => void;
  back: (step: Step) => void;
}

function Question({ step, progress, go, back }: QuestionProps) {
  const { t } = useTranslation("start");
  const Shown = SHOWN[step];
  const before = STEPS[STEPS.indexOf(step) - 1];
  const leave = () => {
    skip(step);
    go();
  };
  const below = (
    <>
      {before && (
        <Button type="text" onClick={() => back(before)}>
          {t("back")}
        </Button>
      )}
      <span className="grow" />
      {MAY_SKIP.includes(step) && !progress.done.has(step) && (
        <Button type="text" onClick={leave}>
          {t("skip")}
        </Button>
      )}
    </>
  );
  return (
    <>
      <h2>{t(`question.${step}`)}</h2>
      <p className="quiet">{t(`about.${step}`)}</p>
      <Shown shop={progress.shop} next={go} below={below} />
    </>
  );
}

function Steps({ here, progress, go }: { here: Step | "end"; progress: Progress; go: (step: Step) => void }) {
  const { t } = useTranslation("start");
  const me = useMe();
  return (
    <ol className="start-steps" aria-label={t("steps")}>
      <li className="done">
        <span className="mark">
          <CheckOutlined />
        </span>
        <span>
          {t("owner")}
          <small>{me.account.display_name || me.account.name}</small>
        </span>
      </li>
      {STEPS.map((step, at) => (
        <li key={step} className={progress.done.has(step) ? "done" : ""}>
          <button
            type="button"
            aria-current={step === here ? "step" : undefined}
            disabled={step !== "shop" && progress.shop === ""}
            onClick={() => go(step)}
          >
            <span className="mark">{progress.done.has(step) ? <CheckOutlined /> : at + 2}</span>
            <span>
              {t(`step.${step}`)}
              <small>{progress.done.has(step) ? t("isDone") : MAY_SKIP.includes(step) ? t("maySkip") : ""}</small>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function End() {
  const { t } = useTranslation("start");
  return (
    <>
      <h2>{t("end.title")}</h2>
      <p className="quiet">{t("end.about")}</p>
      <div className="start-below">
        <Link to="/settings">{t("end.settings")}</Link>
        <span className="grow" />
        <Link to="/" className="ant-btn ant-btn-primary">
          {t("end.desk")}
        </Link>
      </div>
    </>
  );
}
