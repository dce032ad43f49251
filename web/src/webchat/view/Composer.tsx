import { useEffect, useRef, useState } from "preact/hooks";
import type { Field } from "../frames";
import type { Frame } from "../frame";
import { ACCEPTED } from "../pictures";
import type { State } from "../thread";
import { Landscape, Plane } from "./icons";
import type { Shared } from "./shared";

const LONGEST = 2_000;
const HIGHEST = 120;
const KEYBOARDS = { name: "text", phone: "tel", email: "email", order: "text" } as const;
const FILLED_BY = { name: "name", phone: "tel", email: "email", order: "off" } as const;

type Fields = Partial<Record<Field, string>>;

/** Where the buyer writes. Enter sends, Shift and Enter begins a new line; what an input method is
 * still composing is left alone. */
export function Composer({ words, face, thread, state, frame }: Shared & { state: State; frame: Frame }) {
  const [text, setText] = useState("");
  const [fields, setFields] = useState<Fields>({});
  const [isAsking, setAsking] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const asked = state.lines.length + state.pending.length === 0 ? face.required : [];
  const missing = asked.filter((field) => !fields[field]?.trim());
  const send = (said: string) => {
    if (!said.trim()) return;
    if (missing.length > 0) {
      setText(said);
      setAsking(true);
      return;
    }
    thread.write(said.trim(), asked.length > 0 ? fields : {});
    setText("");
    setAsking(false);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send(text);
  };
  const show = (files: FileList | null | undefined) => {
    for (const file of files ?? []) if (ACCEPTED.includes(file.type)) void thread.show(file);
  };
  const paste = (event: ClipboardEvent) => {
    if ((event.clipboardData?.files.length ?? 0) === 0) return;
    event.preventDefault();
    show(event.clipboardData?.files);
  };
  useGrowing(box, text);
  useFocus(box, frame);
  return (
    <footer class="composer" onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
      event.preventDefault();
      show(event.dataTransfer?.files);
    }}>
      {isAsking && missing.length + asked.length > 0 && (
        <Asked words={words} asked={asked} fields={fields} change={setFields} submit={() => send(text)} />
      )}
      <div class="chips">
        {!state.isAlone && !state.outlook.served && !state.outlook.asked && (
          <button type="button" onClick={() => (missing.length > 0 ? send(words.person) : thread.askForPerson())}>
            {words.person}
          </button>
        )}
        {(face.questions[words.language] ?? []).map((question) => (
          <button key={question} type="button" onClick={() => send(question)}>
            {question}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
          box.current?.focus();
        }}
      >
        <label class="icon" aria-label={words.picture} title={words.picture}>
          <Landscape />
          <input
            type="file"
            accept={ACCEPTED}
            multiple
            aria-label={words.picture}
            onChange={(event) => {
              show(event.currentTarget.files);
              event.currentTarget.value = "";
            }}
          />
        </label>
        <textarea
          ref={box}
          rows={1}
          aria-label={words.write}
          placeholder={words.write}
          maxLength={LONGEST}
          enterkeyhint="send"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            thread.types();
          }}
          onKeyDown={keys}
          onPaste={paste}
        />
        <button type="submit" class="send" aria-label={words.send} disabled={!text.trim()}>
          <Plane />
        </button>
      </form>
    </footer>
  );
}

interface OfFields {
  words: Shared["words"];
  asked: Field[];
  fields: Fields;
  change: (fields: Fields) => void;
  submit: () => void;
}

/** What the merchant asks of buyers before the first message. */
function Asked({ words, asked, fields, change, submit }: OfFields) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <form
      class="card asked"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <strong>{words.fieldsTitle}</strong>
      {asked.map((field, at) => (
        <label key={field}>
          {words.fields[field]}
          <input
            ref={at === 0 ? first : null}
            class="field"
            inputMode={KEYBOARDS[field]}
            autocomplete={FILLED_BY[field]}
            maxLength={200}
            required
            value={fields[field] ?? ""}
            onInput={(event) => change({ ...fields, [field]: event.currentTarget.value })}
          />
        </label>
      ))}
      <button type="submit" class="solid">
        {words.send}
      </button>
    </form>
  );
}

/** As high as what is written, up to some lines. */
function useGrowing(box: { current: HTMLTextAreaElement | null }, text: string) {
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, HIGHEST)}px`;
  }, [box, text]);
}

/** Ready to write when the chat opens; not where that would bring up the keyboard of a phone. */
function useFocus(box: { current: HTMLTextAreaElement | null }, frame: Frame) {
  const isOpen = frame.isOpen;
  useEffect(() => {
    if (isOpen && matchMedia("(hover: hover)").matches) box.current?.focus();
  }, [box, isOpen]);
}
