/** What the page and the house tell each other (src/miaohui/pipelines/buyer_frames.py). */

export type Language = "zh" | "en";
export type Field = "name" | "phone" | "email" | "order";

/** How the merchant wants the chat to look. */
export interface Face {
  name: string;
  greeting: Partial<Record<Language, string>>;
  hours: Partial<Record<Language, string>>;
  questions: Partial<Record<Language, string[]>>;
  colour: string;
  position: "right" | "left";
  offline_form: boolean;
  required: Field[];
}

/** What the page knows from the start. */
export interface Chat {
  id: string;
  language: Language;
  face: Face;
}

export interface Picture {
  id: string;
  width: number;
  height: number;
}

export interface Goods {
  title: string;
  price_fen?: number;
  address?: string;
}

/** Something said; `id` is what this page called it. */
export interface Line {
  seq: number;
  at: string;
  by: "buyer" | "person" | "robot";
  id?: string;
  name?: string;
  text?: string;
  picture?: Picture;
  goods?: Goods;
}

/** How things stand. */
export interface Outlook {
  people?: number;
  opens_at?: string;
  served?: boolean;
  name?: string;
  waiting?: boolean;
  ahead?: number;
  minutes?: number;
  asked?: boolean;
  rated?: string;
  to_rate?: boolean;
}

export interface Problem {
  key: string;
  sentence: string;
}

export interface Answered {
  id: string;
  seq?: number;
  problem?: Problem;
}

export interface ToBuyer {
  lines?: Line[];
  caught?: { now: string; more?: boolean; token?: string };
  older?: { lines: Line[]; more?: boolean };
  answered?: Answered;
  outlook?: Outlook;
  typing?: boolean;
  read?: number;
  recalled?: number;
  closing?: boolean;
  forgotten?: boolean;
}

export type Rating = "1" | "2" | "3";

export interface FromBuyer {
  start?: { token: string; since: number | null; language: Language };
  words?: { id: string; text: string; fields?: Partial<Record<Field, string>> };
  sight?: { id: string; media: string };
  person?: { id: string; text: string };
  verdict?: { id: string; rating: Rating; comment: string };
  left?: { id: string; question: string; contact: string; name: string };
  typing?: boolean;
  delivered?: number;
  read?: number;
  older?: number;
}
