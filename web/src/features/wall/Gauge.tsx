/** The hero's gauge: the stretch of the scale around its lines, each line named. */
import { useTranslation } from "react-i18next";
import { percent } from "../../lib/format";
import { isUnconfirmed, lineOf, usePacks, useWords } from "../../lib/packs";
import type { Rate } from "../../live/rates";

export function Gauge({ rate }: { rate: Rate }) {
  const { t } = useTranslation("wall");
  const packs = usePacks();
  const words = useWords();
  const { value, worst, best } = rate.figure;
  const [from, to] = stretch([value, worst, best, ...rate.margins.map((each) => each.value)]);
  const at = (share: number) => `${((share - from) / (to - from)) * 100}%`;
  return (
    <div className="wall-gauge" aria-hidden="true">
      <div className="track" />
      {value !== null && <div className="done" style={{ width: at(value) }} />}
      {rate.margins.map((each, number) => {
        const line = lineOf(packs, rate.pack, each.line);
        return (
          <div
            key={each.line}
            className={`mark ${number === 0 ? "first" : ""} ${number % 2 ? "below" : ""} ${each.holds === false ? "broken" : ""}`}
            style={{ left: at(each.value) }}
          >
            <span className={each.value > (from + to) / 2 ? "left" : ""}>
              {words(line?.name, each.line)} {percent(each.value)}
              {isUnconfirmed(line) && <i>{t("unconfirmed")}</i>}
            </span>
          </div>
        );
      })}
      {worst != null && best != null && worst < best && (
        <div className="whisker" style={{ left: at(worst), width: `calc(${at(best)} - ${at(worst)})` }} />
      )}
      {value !== null && <div className="here" style={{ left: at(value) }} />}
    </div>
  );
}

/** From a little below the lowest to a little above the highest, within 0 and 1. */
function stretch(values: (number | null | undefined)[]): [number, number] {
  const known = values.filter((each): each is number => each != null);
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const room = Math.max(0.05, (high - low) * 0.3);
  return [Math.max(0, low - room), Math.min(1, high + room)];
}
