import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Goods, Line, Picture } from "../frames";
import type { Pictures } from "../pictures";
import type { Words } from "../words";
import { Close } from "./icons";
import type { Shared } from "./shared";

interface Given extends Shared {
  by: Line["by"];
  text?: string | undefined;
  picture?: Picture | undefined;
  goods?: Goods | undefined;
  own?: string | undefined;
  isWaiting?: boolean;
  below: ComponentChildren;
}

const WIDEST = 240;
const HIGHEST = 280;
const LINK = /(https?:\/\/[^\s<>"'，。！？；：、（）]+)/;

/** One thing that was said. */
export function Bubble({ words, pictures, by, text, picture, goods, own, isWaiting, below }: Given) {
  return (
    <li class={`line ${by}`} aria-busy={isWaiting ?? false}>
      {text !== undefined && (
        <p class="bubble">
          <Text text={text} />
        </p>
      )}
      {own !== undefined && <img class="picture" src={own} alt={words.sending} />}
      {picture !== undefined && <Shown words={words} pictures={pictures} picture={picture} />}
      {goods !== undefined && <Product goods={goods} />}
      {below && <div class="below">{below}</div>}
    </li>
  );
}

/** Text with its web addresses as links. */
function Text({ text }: { text: string }) {
  return (
    <>
      {text.split(LINK).map((part, at) =>
        at % 2 ? (
          <a href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}

function Product({ goods }: { goods: Goods }) {
  const told = (
    <>
      <strong>{goods.title}</strong>
      {goods.price_fen !== undefined && <span>¥{(goods.price_fen / 100).toFixed(2)}</span>}
    </>
  );
  return goods.address === undefined ? (
    <div class="goods">{told}</div>
  ) : (
    <a class="goods" href={goods.address} target="_blank" rel="noopener noreferrer nofollow">
      {told}
    </a>
  );
}

interface OfPicture {
  words: Words;
  pictures: Pictures;
  picture: Picture;
}

/** A picture in its own size from the start, so that nothing moves when it comes. */
function Shown({ words, pictures, picture }: OfPicture) {
  const [isOpen, setOpen] = useState(false);
  const address = useAddress(pictures, picture.id, true);
  const scale = Math.min(1, WIDEST / (picture.width || 1), HIGHEST / (picture.height || 1));
  const size = { width: Math.round(picture.width * scale) || WIDEST, height: Math.round(picture.height * scale) || 160 };
  return (
    <>
      <button type="button" class="picture" aria-label={words.openPicture} onClick={() => setOpen(true)}>
        {address === null ? <span class="empty" style={size} /> : <img src={address} alt="" {...size} />}
      </button>
      {isOpen && <Whole words={words} pictures={pictures} picture={picture} close={() => setOpen(false)} />}
    </>
  );
}

function Whole({ words, pictures, picture, close }: OfPicture & { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const address = useAddress(pictures, picture.id, false);
  useEffect(() => dialog.current?.showModal(), []);
  const escape = (event: KeyboardEvent) => event.key === "Escape" && event.stopPropagation();
  return (
    <dialog class="whole" ref={dialog} aria-label={words.openPicture} onClose={close} onKeyDown={escape}>
      <button type="button" class="icon" aria-label={words.closePicture} onClick={() => dialog.current?.close()}>
        <Close />
      </button>
      {address !== null && <img src={address} alt="" />}
    </dialog>
  );
}

function useAddress(pictures: Pictures, id: string, small: boolean): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let isHere = true;
    pictures.load(id, small).then(
      (loaded) => isHere && setAddress(loaded),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [pictures, id, small]);
  return address;
}
