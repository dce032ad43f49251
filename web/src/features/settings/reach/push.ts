/** This browser as an address: its subscription with the key of the house. */

/** Null where it can be one; else why not: the page has to come by https, or the browser cannot. */
export const hindrance = (): "insecure" | "cannot" | null =>
  !isSecureContext ? "insecure" : "serviceWorker" in navigator && "PushManager" in globalThis ? null : "cannot";

interface Subscribed {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** Asks for the permission if it was not given yet; null where it is denied. */
export async function subscribe(publicKey: string): Promise<Subscribed | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register("/worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytesOf(publicKey);
  const known = await pushManager.getSubscription();
  // One for another key of the house is worth nothing any more.
  if (known && !isSame(known.options.applicationServerKey, key)) await known.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return made.toJSON() as Subscribed;
}

/** Base64 as addresses write it. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

const isSame = (one: ArrayBuffer | null, other: Uint8Array): boolean =>
  one !== null && one.byteLength === other.length && new Uint8Array(one).every((byte, at) => byte === other[at]);
