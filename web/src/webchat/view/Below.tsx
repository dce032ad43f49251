import { useState } from "preact/hooks";
import type { Outlook, Rating } from "../frames";
import type { State } from "../thread";
import { moment } from "../times";
import { standing, type Words } from "../words";
import { Check } from "./icons";
import { LeftWord } from "./LeftWord";
import type { Shared } from "./shared";

const TALKING_FOR = 30 * 60_000;

interface Given extends Shared {
  state: State;
  rating: boolean;
  rated: () => void;
}

/** Below what was said: how things stand, and what may be done about it. */
export function Below({ state, rating, rated, ...shared }: Given) {
  const { words, thread, face } = shared;
  const { outlook } = state;
  const [isLater, setLater] = useState(false);
  const asks = rating || (outlook.to_rate && !isLater);
  const isThanked = outlook.rated !== undefined || state.rated;
  const { isAlone } = state;
  return (
    <>
      <Standing words={words} state={state} />
      {isAlone && face.offline_form && !outlook.served && <LeftWord {...shared} isLeft={state.leftWord} />}
      {asks && !isThanked && (
        <Rate
          words={words}
          name={state.lines.findLast((line) => line.by === "person")?.name}
          rate={(chosen, comment) => {
            thread.rate(chosen, comment);
            rated();
          }}
          later={() => {
            setLater(true);
            rated();
          }}
        />
      )}
      {asks && isThanked && (
        <p class="between" role="status">
          {words.thanks}
        </p>
      )}
    </>
  );
}

/** How many come before, about how long it takes, or when somebody comes. */
function Standing({ words, state }: { words: Words; state: State }) {
  const { outlook, isAlone } = state;
  const said = isAlone ? alone(words, outlook) : standing(words, outlook, isTalking(state));
  return (
    <div role="status">
      {said !== null && (
        <div class="card standing">
          {!isAlone && outlook.ahead ? <Ring ahead={outlook.ahead} /> : null}
          <div>
            <strong>{said}</strong>
            {!isAlone && !outlook.served && <p>{words.goOn}</p>}
          </div>
        </div>
      )}
    </div>
  );
}

/** Whether somebody spoke with the buyer just now. */
function isTalking(state: State): boolean {
  const last = state.lines.findLast((line) => line.by === "person");
  return last !== undefined && Date.now() - Date.parse(last.at) < TALKING_FOR;
}

function alone(words: Words, outlook: Outlook): string {
  return outlook.opens_at === undefined ? words.nobody : words.opens(moment(words, outlook.opens_at));
}

/** A ring that closes as the line gets shorter, with the number in it. */
function Ring({ ahead }: { ahead: number }) {
  const round = 2 * Math.PI * 18;
  const share = 1 / (ahead + 1);
  return (
    <svg class="ring" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
      <circle cx="22" cy="22" r="18" />
      <circle class="arc" cx="22" cy="22" r="18" stroke-dasharray={`${round * share} ${round}`} transform="rotate(-90 22 22)" />
      <text x="22" y="22" dy=".35em" text-anchor="middle">
        {ahead}
      </text>
    </svg>
  );
}

interface OfRating {
  words: Words;
  name: string | undefined;
  rate: (rating: Rating, comment: string) => void;
  later: () => void;
}

function Rate({ words, name, rate, later }: OfRating) {
  const [chosen, setChosen] = useState<Rating | null>(null);
  const [comment, setComment] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (chosen !== null) rate(chosen, comment);
  };
  return (
    <form class="card rate" onSubmit={submit}>
      <fieldset>
        <legend>{words.ask(name)}</legend>
        {(["1", "2", "3"] as const).map((each) => (
          <label key={each} class={chosen === each ? "chosen" : ""}>
            <input type="radio" name="rating" checked={chosen === each} onChange={() => setChosen(each)} />
            {chosen === each && <Check />}
            {words.ratings[each]}
          </label>
        ))}
      </fieldset>
      <input
        class="field"
        aria-label={words.comment}
        placeholder={words.comment}
        maxLength={500}
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      <div class="row">
        <button type="button" class="quiet" onClick={later}>
          {words.needNot}
        </button>
        <button type="submit" class="solid" disabled={chosen === null}>
          {words.submit}
        </button>
      </div>
    </form>
  );
}
