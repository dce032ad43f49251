/** What the house refused, put beside the fields that it is about; the rest stands on top of the form. */
import type { FormInstance } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, Refusal } from "../../../lib/house";

type Place = (string | number)[];
/** Fields of problems that name none, by a key or the beginning of one: `{ "password.": "password" }`. */
export type Places = Readonly<Record<string, string>>;

/** `policy.windows[0].per` as the form has it. */
const placeOf = (field: string): Place =>
  field.split(/[.[\]]+/).flatMap((part) => (part === "" ? [] : [/^\d+$/.test(part) ? Number(part) : part]));

/** A sentence without the field that stands in front of it. */
const bare = ({ sentence, field }: Problem): string =>
  field && sentence.startsWith(field) ? sentence.slice(field.length).replace(/^[：:\s]+/, "") : sentence;

function wantedPlace(problem: Problem, places: Places): Place | null {
  if (problem.field) return placeOf(places[problem.field] ?? problem.field);
  const key = Object.keys(places).find(
    (each) => problem.key === each || (each.endsWith(".") && problem.key.startsWith(each)),
  );
  return key === undefined ? null : placeOf(places[key] as string);
}

/** Say each problem at its field, or at the nearest one around it; gives those that have none. */
function spread<F>(form: FormInstance<F>, problems: readonly Problem[], places: Places): Problem[] {
  const known = form.getFieldsError().map((each) => each.name as Place);
  const said = new Map<string, { name: Place; errors: string[] }>();
  const left = problems.filter((problem) => {
    const wanted = wantedPlace(problem, places);
    const around = known.filter((name) => wanted !== null && name.every((part, at) => part === wanted[at]));
    const name = around.sort((one, other) => other.length - one.length)[0];
    if (!name) return true;
    const entry = said.get(name.join()) ?? { name, errors: [] };
    said.set(name.join(), { name, errors: [...entry.errors, bare(problem)] });
    return false;
  });
  const [first] = said.values();
  form.setFields([...said.values()] as never);
  if (first && left.length === 0) form.scrollToField(first.name as never, { block: "center", focus: true } as never);
  return left;
}

export interface Saving {
  problems: readonly string[];
  isBusy: boolean;
  /** True where it was done; a refusal for which `except` is true is thrown on. */
  run(deed: () => Promise<void>): Promise<boolean>;
  say(sentences: readonly string[]): void;
}

export function useSaving<F>(form: FormInstance<F>, places: Places = {}): Saving {
  const { t } = useTranslation("settings");
  const [problems, say] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const run = async (deed: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    say([]);
    form.setFields(
      form
        .getFieldsError()
        .filter((each) => each.errors.length > 0)
        .map(({ name }) => ({ name, errors: [] })) as never,
    );
    try {
      await deed();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) say([t("offline")]);
      else say(spread(form, error.problems, places).map((each) => each.sentence));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { problems, isBusy, run, say };
}
