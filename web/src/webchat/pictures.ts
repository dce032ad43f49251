import type { Picture } from "./frames";
import type { Visit } from "./visit";

export const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif";
const SHRUNK_ABOVE_BYTES = 1_500_000;
const LONGEST_SIDE = 2_560;
const QUALITY = 0.85;

/** Pictures of this visit, fetched with its token and held as long as the page is open. */
export class Pictures {
  private readonly loaded = new Map<string, Promise<string>>();

  constructor(private readonly visit: Visit) {}

  /** An address that an <img> can show. */
  load(id: string, small: boolean): Promise<string> {
    const key = `${id}/${small}`;
    let found = this.loaded.get(key);
    if (found === undefined) {
      found = this.fetched(id, small);
      this.loaded.set(key, found);
      found.catch(() => this.loaded.delete(key));
    }
    return found;
  }

  /** Hand a file in. */
  async handIn(file: Blob): Promise<Picture> {
    const answer = await this.visit.ask("/media", {
      method: "POST",
      body: file,
      headers: { "content-type": file.type },
    });
    return answer.json();
  }

  private async fetched(id: string, small: boolean): Promise<string> {
    const answer = await this.visit.ask(`/media/${id}?small=${small}`);
    return URL.createObjectURL(await answer.blob());
  }
}

/** A photograph as a phone takes it is far larger than anybody needs: make it smaller before it is
 * sent. What moves, and what is small, stays as it is. */
export async function shrunk(file: File): Promise<Blob> {
  if (file.size <= SHRUNK_ABOVE_BYTES || file.type === "image/gif") return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made !== null && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}
