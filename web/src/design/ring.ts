/** What the ring shows of a wait (the look's page, "The ring"): whole seconds, floored. */
type RingState = "safe" | "soon" | "now" | "lost";

export interface RingView {
  state: RingState;
  /** Of the line, from 1 to 0. */
  share: number;
  text: string;
  seconds: number;
}

/** `total`: the line in milliseconds; `left`: until its last instant, negative after it. A wait of
 * exactly the line still counts. */
export function ringView(
  left: number,
  total: number,
  short: boolean,
  minute: string,
  over: string,
  hour = "h",
): RingView {
  const seconds = left < 0 ? Math.floor(-left / 1000) : Math.floor(left / 1000);
  if (left < 0)
    return { state: "lost", share: 0, seconds: -seconds, text: short ? over : `+${past(seconds, minute, hour)}` };
  const share = total > 0 ? Math.min(1, left / total) : 0;
  const state = left > total / 2 ? "safe" : left > total / 6 ? "soon" : "now";
  return { state, share, seconds, text: seconds >= 60 ? clock(seconds) : String(seconds) };
}

export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const past = (seconds: number, minute: string, hour: string): string =>
  seconds >= 6_000
    ? `${Math.floor(seconds / 3_600)}${hour}`
    : seconds >= 600
      ? `${Math.floor(seconds / 60)}${minute}`
      : clock(seconds);
