/** The time zones that the browser knows, those of most merchants first. */
const FIRST = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore"];

export const zones = (): { value: string }[] =>
  [...new Set([...FIRST, ...(Intl.supportedValuesOf?.("timeZone") ?? [])])].map((value) => ({ value }));
