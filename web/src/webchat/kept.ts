/** What this browser keeps for one chat; only as long as the page is open where it may keep nothing. */
export class Kept {
  private readonly memory = new Map<string, string>();

  constructor(private readonly chat: string) {}

  read<Value>(name: string, otherwise: Value): Value {
    const key = this.key(name);
    try {
      const kept = localStorage.getItem(key) ?? this.memory.get(key);
      return kept === undefined || kept === null ? otherwise : (JSON.parse(kept) as Value);
    } catch {
      const kept = this.memory.get(key);
      return kept === undefined ? otherwise : (JSON.parse(kept) as Value);
    }
  }

  write(name: string, value: unknown): void {
    const key = this.key(name);
    const written = JSON.stringify(value);
    this.memory.set(key, written);
    try {
      localStorage.setItem(key, written);
    } catch {
      // Full, or not allowed: then it lives in memory.
    }
  }

  forget(name: string): void {
    this.memory.delete(this.key(name));
    try {
      localStorage.removeItem(this.key(name));
    } catch {
      // Not allowed: then there is nothing.
    }
  }

  /** Hear what another page of this chat in this browser writes. */
  follow(name: string, changed: () => void): void {
    addEventListener("storage", (event) => {
      if (event.key === this.key(name)) changed();
    });
  }

  private key(name: string): string {
    return `miaohui.${this.chat}.${name}`;
  }
}
