import type { Line } from "../frames";
import type { Pending, State } from "../thread";
import { clock, day } from "../times";
import type { Words } from "../words";
import { Bubble } from "./Bubble";
import type { Shared } from "./shared";

const TOGETHER = 120_000; // what one side says within two minutes has one label

/** The conversation, as one list that screen readers follow. */
export function Talk({ state, ...shared }: Shared & { state: State }) {
  const { words, thread, face } = shared;
  const greeting = face.greeting[words.language];
  return (
    <>
      {state.more && (
        <button type="button" class="quiet" onClick={() => thread.older()}>
          {words.earlier}
        </button>
      )}
      <div role="log" aria-label={words.thread}>
        <ol class="talk">
        {greeting && !state.more && (
          <Bubble {...shared} by="robot" text={greeting} below={<span class="machine">{words.robot}</span>} />
        )}
        {state.lines.map((line, at) => (
          <Said key={line.seq} {...shared} lines={state.lines} at={at} read={state.read} />
        ))}
        {waiting(state).map((pending) => (
          <Waiting key={pending.id} {...shared} pending={pending} />
        ))}
        </ol>
      </div>
      {state.typing && (
        <p class="typing" role="status">
          {state.outlook.name ?? words.personLabel} {words.typing}
        </p>
      )}
    </>
  );
}

interface InPlace extends Shared {
  lines: readonly Line[];
  at: number;
  read: number;
}

function Said({ lines, at, read, ...shared }: InPlace) {
  const { words } = shared;
  const line = lines[at] as Line;
  const before = lines[at - 1];
  const after = lines[at + 1];
  return (
    <>
      {isNewDay(before, line) && (
        <li class="between">
          <time dateTime={line.at}>{day(words, line.at)}</time>
        </li>
      )}
      {hasCome(lines, at) && <li class="between">{`${clock(words, line.at)} ${words.came(line.name)}`}</li>}
      <Bubble
        {...shared}
        {...line}
        below={isTogether(line, after) ? null : <Label words={words} line={line} read={read} />}
      />
    </>
  );
}

function Label({ words, line, read }: { words: Words; line: Line; read: number }) {
  const time = <time dateTime={line.at}>{clock(words, line.at)}</time>;
  switch (line.by) {
    case "buyer":
      return (
        <>
          {time} {line.seq <= read ? words.read : words.sent}
        </>
      );
    case "robot":
      return (
        <>
          <span class="machine">{words.robot}</span> {time}
        </>
      );
    case "person":
      return (
        <>
          {line.name ?? words.personLabel} · {time}
        </>
      );
  }
}

function Waiting({ pending, ...shared }: Shared & { pending: Pending }) {
  const { words, thread } = shared;
  const refused = pending.problem !== undefined && (
    <span class="refused" role="alert">
      {words.notSent}：{pending.problem}
      <button type="button" onClick={() => thread.again(pending.id)}>
        {words.again}
      </button>
      <button type="button" onClick={() => thread.takeAway(pending.id)}>
        {words.takeAway}
      </button>
    </span>
  );
  return (
    <Bubble
      {...shared}
      by="buyer"
      text={pending.text}
      own={pending.picture}
      isWaiting
      below={refused || words.sending}
    />
  );
}

/** Those that are to be seen: a rating is no line of the conversation. */
function waiting(state: State): Pending[] {
  const said = new Set(state.lines.map((line) => line.id));
  return state.pending.filter(
    (each) => !said.has(each.id) && (each.text !== undefined || each.picture !== undefined),
  );
}

function isNewDay(before: Line | undefined, line: Line): boolean {
  return before === undefined
    ? new Date(line.at).toDateString() !== new Date().toDateString()
    : new Date(before.at).toDateString() !== new Date(line.at).toDateString();
}

/** Whether a person, or another one, speaks here for the first time since. */
function hasCome(lines: readonly Line[], at: number): boolean {
  const line = lines[at];
  if (line?.by !== "person") return false;
  const last = lines.slice(0, at).findLast((each) => each.by === "person");
  return last === undefined || last.name !== line.name;
}

function isTogether(line: Line, after: Line | undefined): boolean {
  return (
    after !== undefined &&
    after.by === line.by &&
    after.name === line.name &&
    Date.parse(after.at) - Date.parse(line.at) < TOGETHER
  );
}
