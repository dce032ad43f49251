/** The addresses of the screens. Each is loaded when it is opened. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { searchFrom } from "../features/history/search";
import { PARTS, type Part } from "../features/tasks/parts";
import { given, house } from "../lib/house";
import { textsOf } from "../lib/language";
import { meQuery } from "../lib/session";
import { shopsQuery } from "../lib/shops";
import { Broken, Loading, NotHere } from "./states";

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotHere });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: lazyRouteComponent(() => import("../features/login/LogIn"), "LogIn"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ context, location }) => {
    if (await context.queries.ensureQueryData(meQuery)) return;
    const told = await given(house.GET("/health")).then(() => given(house.GET("/v1/house")));
    throw redirect(told.has_owner ? { to: "/login", search: { next: location.href } as never } : { to: "/login" });
  },
  component: lazyRouteComponent(() => import("./Shell"), "Shell"),
});

/** Whoever can open the first shop of a house that has none is led through it, unless they said later. */
async function isFresh(queries: QueryClient): Promise<boolean> {
  const me = queries.getQueryData(meQuery.queryKey);
  const mayOpen = me?.rights.includes("shops.manage") && me.account.shops.every;
  if (!mayOpen || sessionStorage.getItem("miaohui.start.later")) return false;
  return (await queries.ensureQueryData(shopsQuery)).length === 0;
}

const desk = createRoute({
  getParentRoute: () => inside,
  path: "/",
  validateSearch: (search: Record<string, unknown>): { chat?: string } =>
    typeof search.chat === "string" ? { chat: search.chat } : {},
  beforeLoad: async ({ context }) => {
    if (await isFresh(context.queries)) throw redirect({ to: "/start" });
  },
  component: lazyRouteComponent(() => import("../features/desk/Desk"), "Desk"),
});

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

/** A room that brings its texts along. */
const withTexts = <Room,>(name: string, room: Promise<Room>): Promise<Room> =>
  Promise.all([room, textsOf(name)]).then(([found]) => found);

const loadSettings = () => withTexts("settings", import("../features/settings/Settings"));
const inSettings = (search: Record<string, unknown>): { shop?: string; channel?: string } => ({
  shop: textOf(search.shop),
  channel: textOf(search.channel),
});

const startPage = createRoute({
  getParentRoute: () => inside,
  path: "/start",
  validateSearch: (search: Record<string, unknown>): { step?: string } => ({ step: textOf(search.step) }),
  component: lazyRouteComponent(() => withTexts("start", import("../features/start/Start")), "Start"),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(loadSettings, "Settings"),
});

const settingsPage = createRoute({
  getParentRoute: () => settings,
  path: "$page",
  validateSearch: inSettings,
  component: lazyRouteComponent(loadSettings, "SettingsPage"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("../features/login/Join"), "Join"),
});

const wall = createRoute({
  getParentRoute: () => inside,
  path: "/wall",
  validateSearch: (search: Record<string, unknown>): { shop?: string } => {
    const shop = textOf(search.shop);
    return shop ? { shop } : {};
  },
  component: lazyRouteComponent(() => withTexts("wall", import("../features/wall/Wall")), "Wall"),
});

const tasks = createRoute({
  getParentRoute: () => inside,
  path: "/tasks",
  validateSearch: (search: Record<string, unknown>): { part?: Part; shop?: string } => {
    const [part, shop] = [PARTS.find((each) => each === search.part), textOf(search.shop)];
    return { ...(part && { part }), ...(shop && { shop }) };
  },
  component: lazyRouteComponent(() => withTexts("tasks", import("../features/tasks/Tasks")), "Tasks"),
});

const history = createRoute({
  getParentRoute: () => inside,
  path: "/history",
  validateSearch: searchFrom,
  component: lazyRouteComponent(() => withTexts("history", import("../features/history/History")), "History"),
});

const screens = [desk, startPage, wall, tasks, history, settings.addChildren([settingsPage])];
const tree = root.addChildren([login, join, inside.addChildren(screens)]);

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPendingComponent: Loading,
    defaultErrorComponent: Broken,
    defaultPreload: "intent",
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
