import { useState } from "preact/hooks";
import { Sheet } from "./Sheet";
import type { Shared } from "./shared";

/** Going on with the thread of another device. Asked for first: whoever sent the link sees what is
 * written from then on. */
export function Joining({ words, visit, thread, asked, close }: Shared & { asked: boolean; close: () => void }) {
  const [code, setCode] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [isOffered, setOffered] = useState(code !== "");
  const [problem, setProblem] = useState("");
  const leave = () => {
    setOffered(false);
    setCode("");
    setProblem("");
    history.replaceState(null, "", location.pathname + location.search);
    close();
  };
  const join = (event: Event) => {
    event.preventDefault();
    visit.join(code).then(
      () => {
        thread.begin();
        leave();
      },
      (error: Error) => setProblem(error.message),
    );
  };
  if (!isOffered && !asked) return null;
  return (
    <Sheet title={words.join} close={leave} closeText={words.joinNo}>
      <p>{words.joinHint}</p>
      <form onSubmit={join}>
        <label>
          {words.code}
          <input
            class="field code"
            value={code}
            required
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <p role="alert" class="wrong">
          {problem}
        </p>
        <button type="submit" class="solid">
          {words.joinYes}
        </button>
      </form>
    </Sheet>
  );
}
