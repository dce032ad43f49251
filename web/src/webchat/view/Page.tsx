import { useEffect, useState } from "preact/hooks";
import type { Frame } from "../frame";
import type { Thread } from "../thread";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Joining } from "./Joining";
import { OtherDevice } from "./OtherDevice";
import { Scroll } from "./Scroll";
import { Talk } from "./Talk";
import type { Shared } from "./shared";
import { Below } from "./Below";

type Dialog = "none" | "other device" | "code";

/** The whole page: who answers, what was said, how things stand, and where to write. */
export function Page({ frame, ...shared }: Shared & { frame: Frame }) {
  const { words, thread } = shared;
  const state = useThread(thread);
  const [dialog, setDialog] = useState<Dialog>("none");
  const [rating, setRating] = useState(false);
  const close = () => setDialog("none");
  return (
    <div class="page" onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && frame.close()}>
      <Header
        {...shared}
        outlook={state.outlook}
        close={frame.isFramed ? () => frame.close() : null}
        rate={state.lines.some((line) => line.by === "person") ? () => setRating(true) : null}
        otherDevice={() => setDialog("other device")}
        code={() => setDialog("code")}
      />
      {state.way === "broken" && (
        <p class="notice" role="status">
          {words.noLine(state.pending.length)}
        </p>
      )}
      {state.way === "closed" && (
        <p class="notice" role="status">
          {words.closed}
        </p>
      )}
      <Scroll words={words} newest={state.lines.at(-1)?.seq ?? 0} mine={state.pending.length}>
        <Talk {...shared} state={state} />
        <Below {...shared} state={state} rating={rating} rated={() => setRating(false)} />
      </Scroll>
      <Composer {...shared} state={state} frame={frame} />
      {dialog === "other device" && <OtherDevice {...shared} close={close} />}
      <Joining {...shared} asked={dialog === "code"} close={close} />
    </div>
  );
}

function useThread(thread: Thread) {
  const [, setVersion] = useState(0);
  useEffect(() => thread.subscribe(() => setVersion((version) => version + 1)), [thread]);
  return thread.state;
}
