/** The house's API: typed calls, and refusals as sentences that can be shown. */
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "../generated/api";
import { language } from "./language";

export type Schemas = components["schemas"];

export interface Problem {
  key: string;
  sentence: string;
  /** What of the body it is about: `policy.windows[0].per`. */
  field?: string | null;
}

/** What the house refused, and why. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
  ) {
    super(problems.map((each) => each.sentence).join("\n"));
  }

  has(key: string): boolean {
    return this.problems.some((each) => each.key === key);
  }
}

const client = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "" });
let whenLoggedOut = (): void => {};

/** What to do when the session is over. */
export function onLoggedOut(then: () => void): void {
  whenLoggedOut = then;
}

const polite: Middleware = {
  onRequest({ request }) {
    request.headers.set("accept-language", language());
    if (request.method !== "GET" && !request.headers.has("idempotency-key"))
      request.headers.set("idempotency-key", newKey());
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== "/v1/session") whenLoggedOut();
    return response;
  },
};
client.use(polite);

export const house = client;

/** A key that makes a deed the same one however often it is sent. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was given; throws the Refusal. */
export async function given<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  throw new Refusal(response.status, problemsOf(error));
}

function problemsOf(error: unknown): Problem[] {
  const told = (error as { problems?: Problem[] } | undefined)?.problems;
  return told ?? [{ key: "http", sentence: "" }];
}
