import type { Answered, FromBuyer, Line, Outlook, Rating, ToBuyer } from "./frames";
import { House, type Way } from "./house";
import type { Kept } from "./kept";
import { type Pictures, shrunk } from "./pictures";
import { Refused, type Visit } from "./visit";
import type { Words } from "./words";

/** Something that the buyer said and the log does not have yet. */
export interface Pending {
  id: string;
  at: string;
  frame: FromBuyer;
  text?: string;
  picture?: string;
  problem?: string;
}

/** All that the page shows. Never changed in place. */
export interface State {
  lines: readonly Line[];
  pending: readonly Pending[];
  outlook: Outlook;
  isAlone: boolean;
  read: number;
  typing: boolean;
  more: boolean;
  way: Way;
  rated: boolean;
  leftWord: boolean;
}

const QUEUE = "queue";
const SEEN = "seen";
const TYPING_SHOWN = 5_000;
const TYPING_TOLD_EVERY = 3_000;
const TRIED_AGAIN = 3_000;
// What passes by itself: the same is sent again.
const PASSING = new Set(["webchat.too_fast", "intake.busy", "intake.closing", "log.busy", "log.disk_full"]);

/** The thread of one buyer: what was said, what is still to be said, and how things stand. */
export class Thread {
  state: State;
  private readonly house: House;
  private readonly onTheWay = new Set<string>();
  private readonly files = new Map<string, Blob>();
  private readonly listeners = new Set<() => void>();
  private typingEnds = 0;
  private typingTold = 0;
  private isSeen = () => false;

  constructor(
    private readonly visit: Visit,
    private readonly kept: Kept,
    private readonly pictures: Pictures,
    private readonly words: Words,
  ) {
    this.state = {
      lines: [],
      pending: kept.read<Pending[]>(QUEUE, []),
      outlook: {},
      isAlone: false,
      read: 0,
      typing: false,
      more: false,
      way: "connecting",
      rated: false,
      leftWord: false,
    };
    this.house = new House(visit, words.language, {
      since: () => this.state.lines.at(-1)?.seq ?? null,
      hear: (frames) => frames.forEach((frame) => this.hear(frame)),
      way: (way) => this.moved(way),
      gone: () => this.clear(),
    });
    kept.follow(QUEUE, () => this.heardFromAnotherPage());
    document.addEventListener("visibilitychange", () => this.look());
  }

  /** Come in. `isSeen`: whether somebody looks at the page right now. */
  open(isSeen: () => boolean): void {
    this.isSeen = isSeen;
    void this.house.open();
  }

  /** Go on as somebody else: the visit has changed. */
  begin(): void {
    this.clear();
    void this.house.open();
  }

  private clear(): void {
    this.kept.forget(SEEN);
    this.change({ lines: [], outlook: {}, read: 0, more: false });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // What the buyer does
  write(text: string, fields: NonNullable<FromBuyer["words"]>["fields"] = {}): void {
    const id = newId();
    this.queue({ id, at: now(), text, frame: { words: { id, text, fields } } });
  }

  askForPerson(): void {
    const id = newId();
    const text = this.words.person;
    this.queue({ id, at: now(), text, frame: { person: { id, text } } });
  }

  leave(question: string, contact: string, name: string): void {
    const id = newId();
    this.queue({ id, at: now(), text: question, frame: { left: { id, question, contact, name } } });
    this.change({ leftWord: true });
  }

  rate(rating: Rating, comment: string): void {
    const id = newId();
    this.queue({ id, at: now(), frame: { verdict: { id, rating, comment } } });
    this.change({ rated: true });
  }

  async show(file: File): Promise<void> {
    const id = newId();
    this.files.set(id, await shrunk(file));
    this.queue({ id, at: now(), picture: URL.createObjectURL(file), frame: {} });
  }

  /** Try once more what was refused. */
  again(id: string): void {
    this.changePending(id, ({ problem: _, ...pending }) => pending);
    this.flush();
  }

  takeAway(id: string): void {
    this.files.delete(id);
    this.drop(id);
  }

  types(): void {
    if (Date.now() - this.typingTold < TYPING_TOLD_EVERY) return;
    this.typingTold = Date.now();
    this.house.say({ typing: true });
  }

  older(): void {
    const first = this.state.lines[0];
    if (first !== undefined) this.house.say({ older: first.seq });
  }

  /** Whoever looks at the page reads what is on it. */
  look(): void {
    const newest = this.newestOfTheirs();
    if (!this.isSeen() || newest <= this.kept.read<number>(SEEN, 0)) return;
    if (this.house.say({ read: newest })) {
      this.kept.write(SEEN, newest);
      this.change({});
    }
  }

  /** Something beside the thread has changed: show everything anew. */
  renew(): void {
    this.change({});
  }

  get unread(): number {
    const seen = this.kept.read<number>(SEEN, 0);
    return this.state.lines.filter((line) => line.by !== "buyer" && line.seq > seen).length;
  }

  // What the house says
  private hear(frame: ToBuyer): void {
    if (frame.lines) this.take(frame.lines);
    if (frame.older) {
      this.take(frame.older.lines);
      this.change({ more: frame.older.more ?? false });
    }
    if (frame.caught) this.caught(frame.caught);
    if (frame.answered) this.answered(frame.answered);
    if (frame.outlook) this.stands(frame.outlook);
    if (frame.typing) this.showTyping();
    if (frame.read) this.change({ read: Math.max(this.state.read, frame.read) });
    if (frame.forgotten) this.forgotten();
    if (frame.recalled) {
      this.change({ lines: this.state.lines.filter((line) => line.seq !== frame.recalled) });
    }
  }

  /** The house has erased this buyer: nothing of it stays in this browser either. */
  private forgotten(): void {
    this.visit.forget();
    this.files.clear();
    this.kept.forget(QUEUE);
    this.change({ pending: [], rated: false, leftWord: false });
    this.begin();
  }

  private take(lines: readonly Line[]): void {
    const known = new Set(this.state.lines.map((line) => line.seq));
    const fresh = lines.filter((line) => !known.has(line.seq));
    if (fresh.length === 0) return;
    const all = [...this.state.lines, ...fresh].sort((one, other) => one.seq - other.seq);
    const theirs = fresh.some((line) => line.by !== "buyer");
    this.change({ lines: all, typing: this.state.typing && !theirs });
    for (const line of fresh) if (line.id !== undefined) this.drop(line.id);
    if (theirs) this.house.say({ delivered: this.newestOfTheirs() });
    this.look();
  }

  private caught(caught: NonNullable<ToBuyer["caught"]>): void {
    if (caught.token !== undefined) this.visit.renew(caught.token);
    const isWhole = this.state.lines.length === 0 || caught.more !== undefined;
    if (isWhole) this.change({ more: caught.more ?? this.state.more });
  }

  private answered({ id, problem }: Answered): void {
    if (problem === undefined) {
      this.settle(id);
      return;
    }
    this.onTheWay.delete(id);
    if (PASSING.has(problem.key)) {
      setTimeout(() => this.flush(), TRIED_AGAIN);
    } else {
      this.changePending(id, (pending) => ({ ...pending, problem: problem.sentence }));
    }
  }

  /** Words and pictures in the log come back as lines, on the way until then. What is not shown is
   * settled by this. */
  private settle(id: string): void {
    const frame = this.state.pending.find((each) => each.id === id)?.frame;
    if (frame?.verdict) this.drop(id);
  }

  private moved(way: Way): void {
    this.change({ way });
    if (way !== "open") return;
    this.onTheWay.clear();
    const newest = this.newestOfTheirs();
    if (newest > 0) this.house.say({ delivered: newest });
    this.look();
    this.flush();
  }

  private stands(outlook: Outlook): void {
    const isSameChat = outlook.to_rate === this.state.outlook.to_rate;
    this.change({ outlook, isAlone: !outlook.people, rated: this.state.rated && isSameChat });
  }

  private showTyping(): void {
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.change({ typing: false }), TYPING_SHOWN);
    this.change({ typing: true });
  }

  private newestOfTheirs(): number {
    return this.state.lines.findLast((line) => line.by !== "buyer")?.seq ?? 0;
  }

  // What is still to be said
  private queue(pending: Pending): void {
    this.change({ pending: [...this.state.pending, pending] });
    this.keep();
    this.flush();
  }

  /** Say all that nobody has heard, in its order. */
  private flush(): void {
    for (const pending of this.state.pending) {
      if (pending.problem !== undefined || this.onTheWay.has(pending.id)) continue;
      if (this.files.has(pending.id)) {
        this.onTheWay.add(pending.id);
        void this.handIn(pending.id);
      } else if (this.house.say(pending.frame)) {
        this.onTheWay.add(pending.id);
        this.house.expectAnswer();
      } else {
        return;
      }
    }
  }

  private async handIn(id: string): Promise<void> {
    const file = this.files.get(id);
    if (file === undefined) return;
    try {
      const picture = await this.pictures.handIn(file);
      this.files.delete(id);
      this.changePending(id, (each) => ({ ...each, frame: { sight: { id, media: picture.id } } }));
      this.onTheWay.delete(id);
      this.flush();
    } catch (error) {
      this.onTheWay.delete(id);
      const refused = error instanceof Refused && !PASSING.has(error.problem.key);
      const problem = refused ? error.problem.sentence || this.words.notSent : undefined;
      if (problem) this.changePending(id, (each) => ({ ...each, problem }));
      else setTimeout(() => this.flush(), TRIED_AGAIN);
    }
  }

  private drop(id: string): void {
    if (!this.state.pending.some((each) => each.id === id)) return;
    this.onTheWay.delete(id);
    this.change({ pending: this.state.pending.filter((each) => each.id !== id) });
    this.keep();
  }

  private changePending(id: string, change: (pending: Pending) => Pending): void {
    this.change({
      pending: this.state.pending.map((each) => (each.id === id ? change(each) : each)),
    });
    this.keep();
  }

  /** Words outlive the page; a picture has to be chosen again. */
  private keep(): void {
    this.kept.write(
      QUEUE,
      this.state.pending.filter((each) => each.picture === undefined),
    );
  }

  /** Another page of this browser said or settled something. */
  private heardFromAnotherPage(): void {
    const theirs = this.kept.read<Pending[]>(QUEUE, []);
    const known = new Set(theirs.map((each) => each.id));
    const said = new Set(this.state.lines.map((line) => line.id));
    const mine = this.state.pending.filter((each) => each.picture !== undefined || known.has(each.id));
    const ids = new Set(mine.map((each) => each.id));
    const fresh = theirs.filter((each) => !ids.has(each.id) && !said.has(each.id));
    this.change({ pending: [...mine, ...fresh] });
  }

  private change(changed: Partial<State>): void {
    this.state = { ...this.state, ...changed };
    for (const listener of this.listeners) listener();
  }
}

function now(): string {
  return new Date().toISOString();
}

/** Random, and sorted by time; also where the page is not served by https. */
function newId(): string {
  const chance = crypto.getRandomValues(new Uint8Array(8));
  const written = Array.from(chance, (byte) => byte.toString(36).padStart(2, "0")).join("");
  return `${Date.now().toString(36)}-${written}`;
}
