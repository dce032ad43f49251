import { useEffect, useRef, useState } from "preact/hooks";
import type { Outlook } from "../frames";
import type { Words } from "../words";
import { Close, More } from "./icons";
import type { Shared } from "./shared";

interface Given extends Shared {
  outlook: Outlook;
  close: (() => void) | null;
  rate: (() => void) | null;
  otherDevice: () => void;
  code: () => void;
}

/** Who the buyer talks with: the person who has the chat, else the shop. */
export function Header({ face, words, outlook, close, ...deeds }: Given) {
  const isNamed = outlook.served && outlook.name;
  return (
    <header class="header">
      <span class="avatar" aria-hidden="true">
        {Array.from(face.name)[0]}
      </span>
      <div class="who">
        <h1>
          <span class="name">{isNamed ? outlook.name : face.name}</span>
          {isNamed && <span class="label">{words.personLabel}</span>}
        </h1>
        <p>{isNamed ? face.name : there(words, outlook, face.hours[words.language])}</p>
      </div>
      <Menu words={words} {...deeds} />
      {close !== null && (
        <button type="button" class="icon" aria-label={words.close} onClick={close}>
          <Close />
        </button>
      )}
    </header>
  );
}

function there(words: Words, outlook: Outlook, hours: string | undefined): string {
  const people = outlook.people ? words.people(outlook.people) : "";
  return [people, hours].filter(Boolean).join(words.language === "zh" ? "，" : ", ");
}

interface Deeds {
  words: Words;
  rate: (() => void) | null;
  otherDevice: () => void;
  code: () => void;
}

function Menu({ words, rate, otherDevice, code }: Deeds) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event) => !box.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [isOpen]);
  const choose = (deed: () => void) => () => {
    setOpen(false);
    deed();
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isOpen) return;
    event.preventDefault();
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  return (
    <div class="menu" ref={box} onKeyDown={escape}>
      <button
        type="button"
        class="icon"
        aria-label={words.menu}
        aria-expanded={isOpen}
        aria-controls="more"
        onClick={() => setOpen(!isOpen)}
      >
        <More />
      </button>
      <ul id="more" hidden={!isOpen}>
        {rate !== null && <Choice text={words.rate} deed={choose(rate)} />}
        <Choice text={words.otherDevice} deed={choose(otherDevice)} />
        <Choice text={words.joinCode} deed={choose(code)} />
      </ul>
    </div>
  );
}

function Choice({ text, deed }: { text: string; deed: () => void }) {
  return (
    <li>
      <button type="button" onClick={deed}>
        {text}
      </button>
    </li>
  );
}
