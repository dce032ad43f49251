// In place of the components' own lock, which writes styles that the page's policy refuses: the
// screens scroll in parts of themselves (shell.css), so there is nothing behind a dialog to lock.
export default function useNoScrollLock() {}
