import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Given {
  title: string;
  closeText: string;
  close: () => void;
  children: ComponentChildren;
}

/** Something that stands before the page until it is settled. */
export function Sheet({ title, closeText, close, children }: Given) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const escape = (event: KeyboardEvent) => event.key === "Escape" && event.stopPropagation();
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="sheet" onClose={close} onKeyDown={escape}>
      <h2 id="sheet">{title}</h2>
      {children}
      <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
        {closeText}
      </button>
    </dialog>
  );
}
