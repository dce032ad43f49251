import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Words } from "../words";

interface Given {
  words: Words;
  newest: number;
  mine: number;
  children: ComponentChildren;
}

const NEAR = 80;

/** What was said, held at its end as long as the reader is there; whoever reads what is above is not
 * carried away, but told. */
export function Scroll({ words, newest, mine, children }: Given) {
  const box = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  const last = useRef(0);
  const [isBehind, setBehind] = useState(false);
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  const note = () => {
    const place = box.current;
    if (!place) return;
    isAtEnd.current = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR;
    if (isAtEnd.current) setBehind(false);
  };
  useLayoutEffect(() => {
    if (newest > last.current && !isAtEnd.current) setBehind(true);
    last.current = newest;
  }, [newest]);
  useLayoutEffect(() => {
    isAtEnd.current = true;
    toEnd();
  }, [mine]);
  useEffect(() => {
    // Pictures, cards and the keyboard of a phone change the height as well.
    const seen = new ResizeObserver(() => isAtEnd.current && toEnd());
    const place = box.current;
    if (place) {
      seen.observe(place);
      for (const child of place.children) seen.observe(child);
    }
    return () => seen.disconnect();
  }, []);
  return (
    <main class="scroll" ref={box} onScroll={note} tabIndex={0} aria-label={words.thread}>
      <div class="content">{children}</div>
      {isBehind && (
        <button type="button" class="newest" onClick={toEnd}>
          {words.newest} ↓
        </button>
      )}
    </main>
  );
}
