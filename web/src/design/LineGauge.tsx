/** A rate on its track: where it is, how far it can still go either way, and the lines that bite. */
import "./gauge.css";

interface Line {
  value: number;
  bites: boolean;
  name?: string;
}

interface Gauge {
  value: number | null;
  worst?: number | null;
  best?: number | null;
  lines: Line[];
  width?: number | string;
}

export function LineGauge({ value, worst, best, lines, width = "100%" }: Gauge) {
  const at = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <svg className="gauge" width={width} height="18" aria-hidden="true">
      <rect className="track" x="0" y="7" width="100%" height="4" rx="2" />
      {value !== null && <rect className="done" x="0" y="7" width={at(value)} height="4" rx="2" />}
      {worst != null && best != null && (
        <g className="whisker">
          <line x1={at(worst)} x2={at(best)} y1="9" y2="9" />
          <line x1={at(worst)} x2={at(worst)} y1="5" y2="13" />
          <line x1={at(best)} x2={at(best)} y1="5" y2="13" />
        </g>
      )}
      {lines.map((line) => (
        <line
          key={`${line.value} ${line.name}`}
          className={line.bites ? "bites" : "target"}
          x1={at(line.value)}
          x2={at(line.value)}
          y1="1"
          y2="17"
        />
      ))}
      {value !== null && <circle className="here" cx={at(value)} cy="9" r="4.5" />}
    </svg>
  );
}
