/** What calls a person now; nothing while nothing does. */
import { WarningOutlined } from "@ant-design/icons";
import { useLive } from "../../live/store";

export function Alarms() {
  const alarms = useLive((each) => each.alarms);
  const sentences = sentencesIn(alarms);
  if (sentences.length === 0) return null;
  return (
    <div className="wall-alarms" role="status">
      <WarningOutlined aria-hidden="true" />
      {sentences.map((each) => (
        <b key={each} className="ellipsis">
          {each}
        </b>
      ))}
    </div>
  );
}

/** Those that say themselves what they are. */
function sentencesIn(alarms: unknown): string[] {
  if (!Array.isArray(alarms)) return [];
  return alarms.flatMap((each) => {
    const told = (each as { sentence?: unknown } | null)?.sentence;
    return typeof told === "string" ? [told] : [];
  });
}
