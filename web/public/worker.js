// Shows what the house pushes, also while no page is open, and leads to it.
self.addEventListener("push", (event) => {
  const { title, options } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, options));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const link = new URL(event.notification.data?.link || "/", self.location.origin);
  if (link.origin !== self.location.origin) return;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((pages) => {
      const open = pages.find((page) => new URL(page.url).origin === link.origin);
      return open ? open.focus().then((page) => page.navigate(link.href)) : self.clients.openWindow(link.href);
    }),
  );
});
