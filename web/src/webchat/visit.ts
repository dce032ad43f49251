import type { Chat, Problem } from "./frames";
import type { Kept } from "./kept";

export interface Offer {
  code: string;
  path: string;
  until: string;
}

/** What the house refused, in the buyer's words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.sentence);
  }
}

/** Who this browser is to the house: a token, and nothing else. */
export class Visit {
  readonly address: string;

  constructor(
    private readonly chat: Chat,
    private readonly kept: Kept,
  ) {
    this.address = `${location.origin}/v1/webchat/${chat.id}`;
  }

  get known(): string | null {
    return this.kept.read<string | null>("token", null);
  }

  /** The token, of a new visit if there is none. */
  async token(): Promise<string> {
    return this.known ?? (await this.begin({}));
  }

  /** Go on with the visit of another device. */
  join(code: string): Promise<string> {
    return this.begin({ pairing: code });
  }

  renew(token: string): void {
    this.kept.write("token", token);
  }

  forget(): void {
    this.kept.forget("token");
  }

  /** A code by which another device goes on with this visit. */
  async offer(): Promise<Offer> {
    return (await this.ask("/pairings", { method: "POST" })).json();
  }

  /** A request in the name of this visit. Throws Refused, or TypeError where there is no network. */
  async ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${await this.token()}`);
    return this.fetched(path, { ...request, headers });
  }

  private async begin(body: { pairing?: string }): Promise<string> {
    const answer = await this.fetched("/visits", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    const { token } = (await answer.json()) as { token: string };
    this.kept.write("token", token);
    return token;
  }

  private async fetched(path: string, request: RequestInit): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set("accept-language", this.chat.language);
    const answer = await fetch(this.address + path, { ...request, headers, credentials: "omit" });
    if (answer.ok) return answer;
    const body = (await answer.json().catch(() => null)) as { problems?: Problem[] } | null;
    throw new Refused(answer.status, body?.problems?.[0] ?? { key: "http.failed", sentence: "" });
  }
}
