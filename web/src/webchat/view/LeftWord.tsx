import { useState } from "preact/hooks";
import type { Shared } from "./shared";

/** For whoever finds nobody there: a question, and where the answer may go. */
export function LeftWord({ words, thread, isLeft }: Shared & { isLeft: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (isLeft) {
    return (
      <p class="between" role="status">
        {words.left}
      </p>
    );
  }
  if (!isOpen) {
    return (
      <button type="button" class="outlined" onClick={() => setOpen(true)}>
        {words.leftTitle}
      </button>
    );
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const part = (name: string) => String(said.get(name) ?? "").trim();
    if (part("question") && part("contact")) {
      thread.leave(part("question"), part("contact"), part("name"));
    }
  };
  return (
    <form class="card left" onSubmit={submit}>
      <strong>{words.leftTitle}</strong>
      <p>{words.leftHint}</p>
      <label>
        {words.question}
        <textarea class="field" name="question" rows={3} maxLength={2000} required />
      </label>
      <label>
        {words.contact} <small>{words.contactHint}</small>
        <input class="field" name="contact" maxLength={200} autocomplete="tel" required />
      </label>
      <label>
        {words.yourName}
        <input class="field" name="name" maxLength={200} autocomplete="name" />
      </label>
      <div class="row">
        <button type="button" class="quiet" onClick={() => setOpen(false)}>
          {words.cancel}
        </button>
        <button type="submit" class="solid">
          {words.leave}
        </button>
      </div>
    </form>
  );
}
