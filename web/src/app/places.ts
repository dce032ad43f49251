/** The screens of the rail, and the right that each needs. */
import {
  CarryOutOutlined,
  DashboardOutlined,
  HistoryOutlined,
  MessageOutlined,
  SettingOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Right } from "../lib/session";

interface Place {
  to: string;
  name: string;
  icon: ComponentType<{ "aria-hidden"?: "true" }>;
  right: Right | null;
  /** At the far end of the rail. */
  last?: boolean;
}

export const places: readonly Place[] = [
  { to: "/", name: "desk", icon: MessageOutlined, right: "chats.read" },
  { to: "/wall", name: "wall", icon: DashboardOutlined, right: "reports.read" },
  { to: "/tasks", name: "tasks", icon: CarryOutOutlined, right: "chats.read" },
  { to: "/history", name: "history", icon: HistoryOutlined, right: "chats.read" },
  { to: "/settings", name: "settings", icon: SettingOutlined, right: null, last: true },
];
