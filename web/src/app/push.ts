/** The worker by which notices are shown, also while no page is open; settings subscribe it. */
const can = "serviceWorker" in navigator;

/** The worker that shows notices; pages are opened where a click on one leads. */
export async function registerWorker(go: (path: string) => void): Promise<void> {
  if (!can) return;
  await navigator.serviceWorker.register("/worker.js").catch(() => {});
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (typeof data?.open === "string") go(data.open);
  });
}

/** Show a notice of this page: by the worker, for phones let no page do that. */
export async function notice(title: string, tag: string, link: string): Promise<void> {
  const worker = can ? await navigator.serviceWorker.getRegistration() : undefined;
  if (worker) await worker.showNotification(title, { tag, data: { link } });
}
