/** A document of the settings: read whole, kept from the version that one has seen. */
import type { Schemas } from "../../../lib/house";

export interface Standing<Value> {
  value: Value | null;
  version?: number | null;
  changed_at?: string | null;
  changed_by?: string | null;
}

export interface Document<Value, Wanted> {
  key: readonly string[];
  read(): Promise<Standing<Value>>;
  save(value: Wanted, expected_version: number | null): Promise<Standing<Value>>;
  history?(): Promise<Schemas["Version"][]>;
}
