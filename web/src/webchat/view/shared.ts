import type { Face } from "../frames";
import type { Pictures } from "../pictures";
import type { Thread } from "../thread";
import type { Visit } from "../visit";
import type { Words } from "../words";

/** What every part of the page knows. */
export interface Shared {
  face: Face;
  words: Words;
  thread: Thread;
  visit: Visit;
  pictures: Pictures;
}
