// What stays when no page is open: notices that the house pushes, and what a click on one opens.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, options } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.link ?? "/"));
});

async function open(link) {
  const address = new URL(link, self.location.origin);
  if (address.origin !== self.location.origin) return undefined;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => new URL(each.url).origin === address.origin);
  if (!page) return self.clients.openWindow(address.href);
  await page.focus();
  page.postMessage({ open: address.pathname + address.search });
}
