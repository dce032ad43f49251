/** The settings of a chat on the own site as their form has them. */
import type { Schemas } from "../../../lib/house";

type Settings = Schemas["WebchatSettings"];
export type WebchatFields = Required<Settings>;

export const fieldsOf = (told: Settings | null): WebchatFields => ({
  name: told?.name ?? "",
  greeting: { zh: "", en: "", ...told?.greeting },
  hours: { zh: "", en: "", ...told?.hours },
  questions: { zh: [], en: [], ...told?.questions },
  colour: told?.colour ?? "#23304F",
  position: told?.position ?? "right",
  offline_form: told?.offline_form ?? true,
  allowed_origins: told?.allowed_origins ?? [],
  required: told?.required ?? [],
});

/** Without languages in which nothing is said. */
const said = <Text extends string | string[]>(texts: Record<string, Text>): Record<string, Text> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.length > 0));

export const wantedOf = (fields: WebchatFields): Settings => ({
  ...fields,
  greeting: said(fields.greeting),
  hours: said(fields.hours),
  questions: said(fields.questions),
});
