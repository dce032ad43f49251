/** The page as a frame on the merchant's site: it says how much is unread, and hears whether it is
 * open. The two know each other by their windows. */
export class Frame {
  readonly isFramed = parent !== window;
  isOpen = !this.isFramed;
  private home: string | null = null;

  constructor(
    private readonly chat: string,
    private readonly changed: () => void,
  ) {
    if (!this.isFramed) return;
    addEventListener("message", (event) => {
      if (event.source !== parent || event.data?.miaohui !== chat) return;
      this.home = event.origin;
      this.isOpen = event.data.open === true;
      this.changed();
    });
  }

  tell(unread: number): void {
    this.post({ unread });
  }

  close(): void {
    this.post({ close: true });
  }

  private post(told: object): void {
    if (this.home !== null) parent.postMessage({ miaohui: this.chat, ...told }, this.home);
  }
}
