/** This browser as a place where alarms reach one, also while no page of it is open. */
import { given, house, Refusal } from "../lib/house";

/** "none": this browser cannot; "off" and "on". */
export type Push = "none" | "off" | "on";

const can = "serviceWorker" in navigator && "PushManager" in globalThis;

/** The worker that shows notices; pages are opened where a click on one leads. */
export async function registerWorker(go: (path: string) => void): Promise<void> {
  if (!can) return;
  await navigator.serviceWorker.register("/worker.js").catch(() => {});
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (typeof data?.open === "string") go(data.open);
  });
}

export async function pushState(): Promise<Push> {
  if (!can) return "none";
  const worker = await navigator.serviceWorker.getRegistration();
  return (await worker?.pushManager.getSubscription()) ? "on" : "off";
}

/** Let alarms reach this browser. Throws the Refusal, `push.no_key` where the house has no key yet. */
export async function pushHere(label: string): Promise<void> {
  const { value } = await given(house.GET("/v1/settings/push"));
  if (!value) throw new Refusal(404, [{ key: "push.no_key", sentence: "" }]);
  const worker = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: value.public_key };
  const told = (await worker.pushManager.subscribe(options)).toJSON();
  const subscription = {
    endpoint: told.endpoint ?? "",
    keys: { p256dh: told.keys?.p256dh ?? "", auth: told.keys?.auth ?? "" },
  };
  await given(house.POST("/v1/me/addresses", { body: { subscription, label } }));
}

/** Show a notice of this page: by the worker, for phones let no page do that. */
export async function notice(title: string, tag: string, link: string): Promise<void> {
  const worker = can ? await navigator.serviceWorker.getRegistration() : undefined;
  if (worker) await worker.showNotification(title, { tag, data: { link } });
}
