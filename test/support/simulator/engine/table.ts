import { ApiError } from "./api-error";
import type { Cloud } from "./cloud";
import type { CloudAttributes, StoredObject } from "./store";

/** An object of one type with its attributes typed. */
export type Row<Attributes> = Attributes & { readonly id: string };

/** In place of a prefix: the ids of a table are UUIDs. */
export const UUIDS = Symbol("UUIDs");

/** All objects of one type, with typed attributes. */
export class Table<Attributes extends object> {
  public constructor(
    public readonly type: string,
    private readonly idPrefix: string | typeof UUIDS,
    private readonly notFoundCode: string,
  ) {}

  /** Every object, in the order of creation; `where` keeps those with these values. */
  public list(cloud: Cloud, where: Partial<Attributes> = {}): Row<Attributes>[] {
    const wanted = Object.entries(where);
    return cloud
      .list(this.type)
      .filter(({ attributes }) => wanted.every(([name, value]) => attributes[name] === value))
      .map(row<Attributes>);
  }

  /** The object with this id. */
  public find(cloud: Cloud, id: string | undefined): Row<Attributes> | undefined {
    const object = id === undefined ? undefined : cloud.find(this.type, id);
    return object && row<Attributes>(object);
  }

  /** The object with this id; refuses the call when there is none. */
  public get(cloud: Cloud, id: string | undefined): Row<Attributes> {
    const found = this.find(cloud, id);
    if (found === undefined)
      throw new ApiError(this.notFoundCode, `The specified ${this.type} ${String(id)} does not exist.`);
    return found;
  }

  /** Adds an object and returns its id. */
  public insert(cloud: Cloud, attributes: Attributes, id = this.newId(cloud)): string {
    cloud.put({ type: this.type, id, attributes: attributes as unknown as CloudAttributes });
    return id;
  }

  /** Changes attributes now, and others after some simulated seconds; null: whatever was to come is off. */
  public change(
    cloud: Cloud,
    id: string,
    now: Partial<Attributes>,
    later?: { seconds: number; attributes: Partial<Attributes> } | null,
  ): void {
    cloud.change(
      id,
      now as CloudAttributes,
      later as { seconds: number; attributes: CloudAttributes } | null | undefined,
    );
  }

  /** Removes the object after some simulated seconds; `now` is what it looks like until then. */
  public removeLater(cloud: Cloud, id: string, seconds: number, now: Partial<Attributes>): void {
    cloud.change(id, now as CloudAttributes, { seconds, attributes: null });
  }

  /** Removes the object. */
  public remove(cloud: Cloud, id: string): void {
    cloud.remove(id);
  }

  private newId(cloud: Cloud): string {
    return typeof this.idPrefix === "string" ? cloud.newId(this.idPrefix) : cloud.newUuid();
  }
}

function row<Attributes>(object: StoredObject): Row<Attributes> {
  return { ...(object.attributes as unknown as Attributes), id: object.id };
}
