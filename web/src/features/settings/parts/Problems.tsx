/** What stands in the way and belongs to no single field. */
import { Alert } from "antd";

export const Problems = ({ of }: { of: readonly string[] }) =>
  of.length === 0 ? null : (
    <Alert
      className="problems"
      type="error"
      showIcon
      title={
        of.length === 1 ? (
          of[0]
        ) : (
          <ul>
            {of.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        )
      }
    />
  );
