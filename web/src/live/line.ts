/** The socket to the house: comes again by itself, with what it knows, until it is closed. */
import type { Frame, FromPage } from "../conversation/words";
import { newKey, type Problem } from "../lib/house";
import { language } from "../lib/language";
import { forget, hearAll, setLine, useLive } from "./store";
import { done, due, refused } from "./unsent";

interface Heard extends Frame {
  answered?: { ref: number; seq?: number; problems?: Problem[] };
}

export interface Health {
  may_notify: boolean;
  muted: boolean;
}

const BEAT_MS = 20_000;
const LONGEST_PAUSE_MS = 10_000;
const LOGGED_OUT = 4401;
const START_ANEW = 4408;
const COME_AGAIN = 4412;

class Line {
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beats: ReturnType<typeof setInterval> | undefined;
  private knows = false;
  private refs = new Map<number, string>();
  private underWay = new Set<string>();
  private ref = 0;
  private isClosed = false;

  constructor(
    private readonly health: () => Health,
    private readonly whenLoggedOut: () => void,
  ) {
    addEventListener("online", this.now);
  }

  open = (): void => {
    setLine(this.failures > 0 ? "broken" : "connecting");
    const address = new URL("/v1/desk", location.href.replace(/^http/, "ws"));
    address.search = `lang=${language()}`;
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => this.begin(socket);
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data as string) as Heard[]);
    socket.onclose = ({ code }) => this.ended(socket, code);
  };

  close(): void {
    this.isClosed = true;
    removeEventListener("online", this.now);
    clearTimeout(this.timer);
    clearInterval(this.beats);
    this.socket?.close();
    forget();
  }

  tell(frame: FromPage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify([frame]));
  }

  /** Send everything that is due and not under way. */
  flush = (): void => {
    if (useLive.getState().line !== "open") return;
    for (const { key, chat, saying } of due(Date.now())) {
      if (this.underWay.has(key)) continue;
      this.underWay.add(key);
      this.refs.set(++this.ref, key);
      this.tell({ say: { ref: this.ref, chat, key, saying } } as FromPage);
    }
  };

  private now = (): void => {
    if (this.socket?.readyState === WebSocket.OPEN) return;
    clearTimeout(this.timer);
    this.open();
  };

  private begin(socket: WebSocket): void {
    const since = this.knows ? useLive.getState().seqs : null;
    socket.send(JSON.stringify([{ start: { device: device(), since } }, { beat: this.health() }]));
    clearInterval(this.beats);
    this.beats = setInterval(() => this.tell({ beat: this.health() }), BEAT_MS);
  }

  private hear(frames: Heard[]): void {
    const told = frames.filter((each) => !each.answered);
    for (const { answered } of frames) if (answered) this.answered(answered);
    if (told.length > 0) hearAll(told);
    if (frames.some((each) => each.ready)) {
      this.knows = true;
      this.failures = 0;
      setLine("open");
      this.flush();
    }
  }

  private answered({ ref, problems }: NonNullable<Heard["answered"]>): void {
    const key = this.refs.get(ref);
    if (key === undefined) return;
    this.refs.delete(ref);
    this.underWay.delete(key);
    if (problems?.length) refused(key, problems);
    else done(key);
  }

  private ended(socket: WebSocket, code: number): void {
    if (this.isClosed || socket !== this.socket) return;
    clearInterval(this.beats);
    this.refs.clear();
    this.underWay.clear();
    if (code === LOGGED_OUT) {
      this.whenLoggedOut();
      return;
    }
    if (code === START_ANEW) this.knows = false;
    this.failures += 1;
    setLine("broken");
    const pause = code === COME_AGAIN ? 300 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** (this.failures - 1));
    this.timer = setTimeout(this.open, pause * (0.7 + Math.random() * 0.6));
  }
}

/** This browser's own name, so that its pages count as one device. */
function device(): string {
  const kept = localStorage.getItem("miaohui.device") ?? newKey();
  localStorage.setItem("miaohui.device", kept);
  return kept;
}

let line: Line | null = null;

export function openLine(health: () => Health, whenLoggedOut: () => void): () => void {
  line?.close();
  line = new Line(health, whenLoggedOut);
  line.open();
  return () => {
    line?.close();
    line = null;
  };
}

export const tell = (frame: FromPage): void => line?.tell(frame);
export const flush = (): void => line?.flush();
