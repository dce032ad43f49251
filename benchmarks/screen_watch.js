// In the page: when what buyers wrote was painted, and what held the page up.
//
// A text that ends in "⏱" and an instant in milliseconds was written then. It counts as painted in
// the frame after the one in which it stood in the document.
(() => {
  const painted = new Map();
  const watch = { painted, long: [], keys: [] };
  window.watch = watch;
  const look = (text) => {
    for (const [, at] of (text ?? "").matchAll(/⏱(\d+)/g))
      if (!painted.has(at)) {
        painted.set(at, null);
        requestAnimationFrame(() => setTimeout(() => painted.set(at, Date.now() - Number(at))));
      }
  };
  const heard = (changes) => {
    for (const change of changes) {
      if (change.type === "characterData") look(change.target.data);
      for (const node of change.addedNodes) look(node.textContent);
    }
  };
  const everything = { childList: true, characterData: true, subtree: true };
  new MutationObserver(heard).observe(document, everything);
  new PerformanceObserver((seen) => watch.long.push(...seen.getEntries().map((each) => each.duration))).observe({
    type: "longtask",
  });
  new PerformanceObserver((seen) => {
    for (const each of seen.getEntries())
      if (each.name === "keydown") watch.keys.push(each.processingEnd - each.startTime);
  }).observe({ type: "event", durationThreshold: 16 });

  /** Open another chat as a click does: how long until its messages are painted. */
  window.switchTo = (row) =>
    new Promise((done) => {
      const began = performance.now();
      row.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      const until = () => {
        const isThere = row.getAttribute("aria-selected") === "true" && document.querySelector(".chat.first [role=log] .message");
        if (isThere) setTimeout(() => done(performance.now() - began));
        else requestAnimationFrame(until);
      };
      requestAnimationFrame(until);
    });
})();
