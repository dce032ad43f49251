/** Searches kept under names, in this browser, for whoever is logged in. */
import { create } from "zustand";
import { type HistorySearch, searchFrom } from "./search";

interface View {
  name: string;
  search: HistorySearch;
}

const KEPT = "miaohui.views";

interface Views {
  account: string;
  views: readonly View[];
}

export const useViews = create<Views>(() => ({ account: "", views: [] }));

export function takeUpViews(account: string): void {
  if (useViews.getState().account !== account) useViews.setState({ account, views: kept(account) });
}

/** Keep a search; one of the same name is replaced. */
export function keepView(name: string, search: HistorySearch): void {
  const { views } = useViews.getState();
  change([...views.filter((each) => each.name !== name), { name, search }]);
}

export function forgetView(name: string): void {
  change(useViews.getState().views.filter((each) => each.name !== name));
}

function change(views: readonly View[]): void {
  const { account } = useViews.getState();
  useViews.setState({ views });
  localStorage.setItem(`${KEPT}.${account}`, JSON.stringify(views));
}

function kept(account: string): View[] {
  try {
    const told = JSON.parse(localStorage.getItem(`${KEPT}.${account}`) ?? "[]") as Record<string, unknown>[];
    return told.flatMap((each) =>
      typeof each.name === "string"
        ? [{ name: each.name, search: searchFrom((each.search ?? {}) as Record<string, unknown>) }]
        : [],
    );
  } catch {
    return [];
  }
}
