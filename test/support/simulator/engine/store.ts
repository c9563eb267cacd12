import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Json } from "./value";

/** Attributes of an object in the cloud, as the API names them. */
export type CloudAttributes = Record<string, Json>;

/** Something that exists in the simulated cloud. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: CloudAttributes;
}

/** An object with what becomes of it by itself. */
export interface StoredObject extends CloudObject {
  /** At `due` (milliseconds since 1970) these attributes take effect; null: the object goes away. */
  pending?: { due: number; attributes: CloudAttributes | null };
}

/** What survives the death of the simulator's process. */
export interface CloudState {
  /** Grows with every id and address that is handed out, so that none comes twice. */
  serial: number;
  objects: StoredObject[];
}

/** Reads the state file; an absent one is an empty cloud. */
export function readState(file: string): CloudState {
  if (!existsSync(file)) return { serial: 0, objects: [] };
  return JSON.parse(readFileSync(file, "utf8")) as CloudState;
}

/** Writes the state file in one step: a reader sees the old cloud or the new one. */
export function writeState(file: string, state: CloudState): void {
  const next = `${file}.next`;
  writeFileSync(next, JSON.stringify(state));
  renameSync(next, file);
}

/** The objects after everything that was due by `now` has happened. */
export function settle(objects: readonly StoredObject[], now: number): StoredObject[] {
  return objects.flatMap((object) => {
    const { pending, ...rest } = object;
    if (pending === undefined || pending.due > now) return [object];
    if (pending.attributes === null) return [];
    return [{ ...rest, attributes: { ...rest.attributes, ...pending.attributes } }];
  });
}
