/** Whether this page can call its reader: it may notify, and its sound is on. */
import { create } from "zustand";
import type { Health } from "../live/line";

const KEPT = "miaohui.muted";

interface Bell {
  permission: NotificationPermission | "none";
  isMuted: boolean;
}

export const useBell = create<Bell>(() => ({
  permission: "Notification" in globalThis ? Notification.permission : "none",
  isMuted: localStorage.getItem(KEPT) === "yes",
}));

export const health = (): Health => {
  const { permission, isMuted } = useBell.getState();
  return { may_notify: permission === "granted", muted: isMuted };
};

export function mute(isMuted: boolean): void {
  localStorage.setItem(KEPT, isMuted ? "yes" : "no");
  useBell.setState({ isMuted });
}

export async function askForPermission(): Promise<void> {
  if ("Notification" in globalThis) useBell.setState({ permission: await Notification.requestPermission() });
}

const AT_ONCE_MS = 2_000;
let rangAt = Number.NEGATIVE_INFINITY;
let sounds: AudioContext | null = null;

/** One short tone, for all that calls within two seconds; nothing while muted. */
export function ring(): void {
  if (useBell.getState().isMuted || performance.now() - rangAt < AT_ONCE_MS) return;
  rangAt = performance.now();
  sounds ??= new AudioContext();
  const tone = sounds.createOscillator();
  const volume = sounds.createGain();
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.12, sounds.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sounds.currentTime + 0.35);
  tone.connect(volume).connect(sounds.destination);
  tone.start();
  tone.stop(sounds.currentTime + 0.36);
}
