/** Two lines on the merchant's site bring this script: a button that opens the chat in a frame.
 * It keeps no cookie, and leaves one name behind: `miaohui`, to open and close the chat with. */
import { STYLE } from "./style";
import { wordsIn } from "./words";

interface Face {
  name: string;
  colour: string;
  position: "right" | "left";
}

const OPENED_BEFORE = "miaohui.opened";
const BUBBLE = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5.5h16v11h-8.5L7 20v-3.5H4z"/></svg>';

const script = document.currentScript as HTMLScriptElement;
const house = new URL(script.src).origin;
const chat = script.dataset.chat ?? "";
const language = script.dataset.lang || document.documentElement.lang || navigator.language;
const words = wordsIn(language);
const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
const button = document.createElement("button");
const badge = document.createElement("b");
let frame: HTMLIFrameElement | null = null;
let isLoaded = false;
let isOpen = false;
let name = "";

/** Open the chat. */
export function open(): void {
  load();
  show(true);
}

/** Close it; what was said stays. */
export function close(): void {
  if (!isOpen) return;
  show(false);
  button.focus();
}

async function begin(): Promise<void> {
  const answer = await fetch(`${house}/v1/webchat/${chat}`, { credentials: "omit" }).catch(() => null);
  if (!answer?.ok) {
    // The owner of the site sees what to do in the console; its visitors see nothing broken.
    console.warn(`Miaohui: no chat here. Is ${location.origin} among the allowed origins of ${chat}?`);
    return;
  }
  dress((await answer.json()) as Face);
  document.body.append(host);
  addEventListener("message", hear);
  if (openedBefore()) load();
}

function dress(face: Face): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  host.style.setProperty("--colour", face.colour);
  host.style.setProperty("--ink", isLight(face.colour) ? "#181B22" : "#FFFFFF");
  name = face.name;
  button.type = "button";
  button.className = face.position;
  button.innerHTML = BUBBLE;
  button.append(badge);
  button.addEventListener("click", () => (isOpen ? close() : open()));
  label(0);
  root.append(button);
}

/** The page in a frame: loaded when it is first opened, or where it was before, to hear of answers. */
function load(): void {
  if (frame !== null) return;
  frame = document.createElement("iframe");
  frame.src = `${house}/webchat/${chat}?lang=${encodeURIComponent(language)}`;
  frame.title = words.frame(name);
  frame.allow = "clipboard-write";
  frame.className = button.className;
  frame.hidden = !isOpen;
  frame.addEventListener("load", () => {
    isLoaded = true;
    tell();
  });
  root.append(frame);
}

function show(wanted: boolean): void {
  isOpen = wanted;
  if (frame === null) return;
  frame.hidden = !wanted;
  button.classList.toggle("open", wanted);
  button.setAttribute("aria-expanded", String(wanted));
  label(0);
  tell();
  if (wanted) {
    remember();
    frame.focus();
  }
}

function tell(): void {
  if (isLoaded) frame?.contentWindow?.postMessage({ miaohui: chat, open: isOpen }, house);
}

function hear(event: MessageEvent): void {
  if (event.origin !== house || event.source !== frame?.contentWindow || event.data?.miaohui !== chat) return;
  if (event.data.close === true) close();
  if (typeof event.data.unread === "number") label(isOpen ? 0 : event.data.unread);
}

function label(unread: number): void {
  badge.textContent = unread > 0 ? String(Math.min(unread, 99)) : "";
  button.setAttribute("aria-label", isOpen ? words.close : unread > 0 ? words.unread(unread) : words.open);
}

function openedBefore(): boolean {
  try {
    return localStorage.getItem(`${OPENED_BEFORE}.${chat}`) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(`${OPENED_BEFORE}.${chat}`, "1");
  } catch {
    // Not allowed: then answers are heard of when the chat is opened.
  }
}

function isLight(colour: string): boolean {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return 0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5) > 150;
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => void begin());
else void begin();
