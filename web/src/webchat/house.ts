import type { FromBuyer, Language, ToBuyer } from "./frames";
import { Refused, type Visit } from "./visit";

/** Whether the house hears us: `open` only once everything missed was told. */
export type Way = "connecting" | "open" | "broken" | "closed";

export interface Ears {
  /** The newest seq that the page has; null for none. */
  since(): number | null;
  hear(frames: ToBuyer[]): void;
  way(way: Way): void;
  /** The house does not know this visit any more. */
  gone(): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const SILENT_FOR = 20_000; // longer than an answer is ever kept back
const SOCKETS_TRIED = 2; // before plain requests are tried
const MOST_AT_ONCE = 15; // what the house hears of one page without slowing it down
const TOKEN_GONE = 4401;
const CHAT_GONE = 4404;

/** The line to the house: a socket, or plain requests where no socket gets through. Comes back by
 * itself whatever happens. */
export class House {
  private socket: WebSocket | null = null;
  private pause = FIRST_PAUSE;
  private inVain = 0;
  private mark = "";
  private isOpen = false;
  private timer = 0;
  private asked = 0;
  private polling: AbortController | null = null;
  private posting: AbortController | null = null;
  private unposted: FromBuyer[] = [];

  constructor(
    private readonly visit: Visit,
    private readonly language: Language,
    private readonly ears: Ears,
  ) {
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.broken());
    addEventListener("pageshow", (event) => event.persisted && this.again());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.isOpen && this.timer !== 0) this.again();
    });
  }

  /** Come in, or come in anew with another visit. */
  async open(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = 0;
    this.drop();
    this.ears.way("connecting");
    try {
      const token = await this.visit.token();
      if (this.inVain >= SOCKETS_TRIED) await this.poll();
      else this.connect(token);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.failed(error);
    }
  }

  /** Say something; false while nobody hears it. */
  say(frame: FromBuyer): boolean {
    if (!this.isOpen) return false;
    if (this.socket !== null) this.socket.send(JSON.stringify([frame]));
    else {
      this.unposted.push(frame);
      void this.post();
    }
    return true;
  }

  /** Something waits for an answer: a line that stays silent for too long is given up. */
  expectAnswer(): void {
    this.asked ||= setTimeout(() => this.again(), SILENT_FOR);
  }

  private connect(token: string): void {
    const socket = new WebSocket(`${this.visit.address.replace(/^http/, "ws")}/stream`);
    this.socket = socket;
    socket.onopen = () => {
      const start = { token, since: this.ears.since(), language: this.language };
      socket.send(JSON.stringify([{ start }]));
    };
    socket.onmessage = (event) => this.hear(JSON.parse(event.data as string) as ToBuyer[]);
    socket.onclose = (event) => this.socket === socket && this.closed(event.code);
  }

  private hear(frames: ToBuyer[]): void {
    clearTimeout(this.asked);
    this.asked = 0;
    this.ears.hear(frames);
    if (frames.some((frame) => frame.caught !== undefined)) this.opened();
  }

  private opened(): void {
    this.pause = FIRST_PAUSE;
    if (this.socket !== null) this.inVain = 0;
    if (this.isOpen) return;
    this.isOpen = true;
    this.ears.way("open");
  }

  private closed(code: number): void {
    if (code === CHAT_GONE) {
      this.drop();
      this.ears.way("closed");
      return;
    }
    if (code === TOKEN_GONE) this.beginAnew();
    else if (!this.isOpen) this.inVain += 1;
    this.broken();
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.status === 404) {
      this.drop();
      this.ears.way("closed");
      return;
    }
    if (error instanceof Refused && error.status === 401) this.beginAnew();
    this.broken();
  }

  private beginAnew(): void {
    this.visit.forget();
    this.ears.gone();
  }

  private broken(): void {
    this.drop();
    this.ears.way("broken");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.open(), this.pause * (0.7 + 0.6 * Math.random()));
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  private again(): void {
    this.pause = FIRST_PAUSE;
    this.inVain = 0;
    void this.open();
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    this.isOpen = false;
    clearTimeout(this.asked);
    this.asked = 0;
    this.polling?.abort();
    this.polling = null;
    this.posting?.abort();
    this.posting = null;
    this.unposted = [];
    socket?.close();
  }

  /** Ask again and again for what is new; each question waits for a while. */
  private async poll(): Promise<void> {
    const polling = new AbortController();
    this.polling = polling;
    this.mark = "";
    while (this.polling === polling) {
      const asked = new URLSearchParams({ known: this.mark });
      const since = this.ears.since() ?? (this.mark ? 0 : null);
      if (since !== null) asked.set("since", String(since));
      const answer = await this.visit.ask(`/frames?${asked}`, { signal: polling.signal });
      const told = (await answer.json()) as { frames: ToBuyer[]; mark: string };
      if (this.polling !== polling) return;
      this.mark = told.mark;
      this.hear(told.frames);
      if (told.frames.some((frame) => frame.closing)) throw new Error("closing");
    }
  }

  /** Hand in what was said, one request after the other: two at a time could overtake each other. */
  private async post(): Promise<void> {
    if (this.posting !== null || this.unposted.length === 0) return;
    const posting = new AbortController();
    this.posting = posting;
    try {
      const answer = await this.visit.ask("/frames", {
        method: "POST",
        body: JSON.stringify(this.unposted.splice(0, MOST_AT_ONCE)),
        headers: { "content-type": "application/json" },
        signal: posting.signal,
      });
      const told = (await answer.json()) as ToBuyer[];
      if (this.posting !== posting) return;
      this.posting = null;
      this.ears.hear(told);
      void this.post();
    } catch (error) {
      if (this.posting === posting) this.failed(error);
    }
  }
}
