/** The ring: how long a buyer's answer still counts. Drawn on 40 units. */
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useSecond } from "../lib/clock";
import { type RingView, ringView } from "./ring";
import "./ring.css";

interface Waiting {
  /** ISO instants. */
  deadline: string;
  since: string;
}

const ROUND = 2 * Math.PI * 17.5;

export const Ring = memo(function Ring({ deadline, since, size = 40 }: Waiting & { size?: number }) {
  const { t } = useTranslation("design");
  const now = useSecond();
  const end = Date.parse(deadline);
  const view = ringView(
    end - now,
    end - Date.parse(since),
    size < 36,
    t("minuteShort"),
    t("overShort"),
    t("hourShort"),
  );
  const label = view.state === "lost" ? t("lostFor", { count: -view.seconds }) : t("left", { count: view.seconds });
  return <RingDrawing view={view} size={size} label={label} />;
});

export function RingDrawing({ view, size, label }: { view: RingView; size: number; label: string }) {
  const width = view.state === "soon" ? 5 : 2.5;
  return (
    <svg className={`ring ${view.state}`} viewBox="0 0 40 40" width={size} height={size} role="img" aria-label={label}>
      {view.state === "lost" ? (
        <circle className="gone" cx="20" cy="20" r="17.5" />
      ) : (
        <>
          <circle className="track" cx="20" cy="20" r="17.5" />
          {view.state !== "safe" && <circle className="disc" cx="20" cy="20" r={view.state === "now" ? 15.5 : 15} />}
          <circle
            className="arc"
            cx="20"
            cy="20"
            r={view.state === "soon" ? 16.5 : 17.5}
            strokeWidth={width}
            strokeDasharray={`${ROUND * view.share} ${ROUND}`}
            transform="rotate(-90 20 20)"
          />
        </>
      )}
      <text x="20" y="20" className={view.text.length > 4 ? "long" : ""}>
        {view.text}
      </text>
    </svg>
  );
}

/** The ring unrolled: a line on top of the composer. */
export const Fuse = memo(function Fuse({ deadline, since }: Waiting) {
  const now = useSecond();
  const end = Date.parse(deadline);
  const view = ringView(end - now, end - Date.parse(since), false, "", "");
  return (
    <svg className={`fuse ${view.state}`} viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
      <rect className="arc" width={view.state === "lost" ? 0 : view.share * 100} height="3" />
    </svg>
  );
});
