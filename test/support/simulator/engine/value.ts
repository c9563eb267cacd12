import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

/** A value that Terraform learns only at apply. There is one instance, `UNKNOWN`. */
export class Unknown {
  public toString(): string {
    return "(known after apply)";
  }
}

/** The one unknown value. */
export const UNKNOWN = new Unknown();

/** Any value of a resource: what JSON has, and the unknown. */
export type Value = null | boolean | number | string | Unknown | Value[] | ValueMap;

/** A block or object: attribute name to value. */
export interface ValueMap {
  [name: string]: Value;
}

/** A value without unknowns, as the simulated cloud stores it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

// cty writes an unknown as extension 0, and as extension 12 where it knows something about it.
const UNKNOWN_EXTENSION = 0;
const REFINED_UNKNOWN_EXTENSION = 12;

const extensions = new ExtensionCodec();
extensions.register({
  type: UNKNOWN_EXTENSION,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensions.register({ type: REFINED_UNKNOWN_EXTENSION, encode: () => null, decode: () => UNKNOWN });

/** Reads a msgpack value of the plugin protocol. */
export function decodeValue(bytes: Uint8Array): Value {
  return decode(bytes, { extensionCodec: extensions }) as Value;
}

/** Writes a value as msgpack of the plugin protocol. */
export function encodeValue(value: Value): Buffer {
  return Buffer.from(encode(value, { extensionCodec: extensions }));
}

/** Whether a value is a block or object. */
export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** The items of a list or set; anything else is a list of one, null an empty one. */
export function itemsOf(value: Value | undefined): Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as Value[]) : [value];
}

/** Whether a value is, or holds, an unknown. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isMap(value) && Object.values(value).some(hasUnknown);
}

/** The value with every unknown turned into null: what is saved when a create stops half-way. */
export function withoutUnknowns(value: Value): Json {
  if (value instanceof Unknown || value === null) return null;
  if (Array.isArray(value)) return value.map(withoutUnknowns);
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutUnknowns(item)]));
  return value;
}

/** Whether a value is what Terraform's older SDK takes for "not set": null, "", 0, false or an empty collection. */
export function isZero(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

/** A text that is the same for equal values, whatever the order of their attributes. */
export function canonical(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isMap(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(",")}}`;
  }
  return value instanceof Unknown ? "?" : JSON.stringify(value);
}
