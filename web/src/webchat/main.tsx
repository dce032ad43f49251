import { render } from "preact";
import type { Chat } from "./frames";
import { Frame } from "./frame";
import { Kept } from "./kept";
import { dress } from "./look";
import { Pictures } from "./pictures";
import "./style.css";
import { Thread } from "./thread";
import { Page } from "./view/Page";
import { Visit } from "./visit";
import { wordsIn } from "./words";

const chat = JSON.parse(document.getElementById("chat")?.textContent ?? "") as Chat;
const words = wordsIn(chat.language);
const kept = new Kept(chat.id);
const visit = new Visit(chat, kept);
const pictures = new Pictures(visit);
const thread = new Thread(visit, kept, pictures, words);
const frame: Frame = new Frame(chat.id, () => {
  thread.look();
  thread.renew();
});
thread.subscribe(() => frame.tell(thread.unread));

dress(chat.face.colour);
render(
  <Page face={chat.face} words={words} thread={thread} visit={visit} pictures={pictures} frame={frame} />,
  document.getElementById("page") as HTMLElement,
);
thread.open(() => frame.isOpen && !document.hidden);
