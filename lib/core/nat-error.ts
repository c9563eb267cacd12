/** The longest text of a given value that a message shows, in characters. */
const LONGEST_SHOWN = 300;

/**
 * What is wrong with a prop, what was given, and how to repair it.
 *
 * The message reads `<prop>: <rule>, got <JSON>; <fix>`, for example
 * `source: host bits must be zero, got "10.0.3.1/24"; use "10.0.3.0/24"`. With a path it reads `[<path>] <prop>: ...`.
 */
export class NatError extends Error {
  /** The prop that is wrong, as the user writes it. */
  readonly prop: string;
  /** Where the prop stands: a construct path or the id of an entry; undefined where nobody has said. */
  readonly path: string | undefined;

  /** The message without the path. */
  #body: string;
  #errors: readonly NatError[] = [this];

  /**
   * @param prop the prop that is wrong, as the user writes it
   * @param rule what must hold, for example `must be an IPv4 address`
   * @param given what was given instead; shown as JSON, shortened where it is very long
   * @param fix what to write instead, for example `use "10.0.3.0/24"`
   * @param path where the prop stands: a construct path or the id of an entry
   */
  constructor(prop: string, rule: string, given: unknown, fix: string, path?: string) {
    const body = `${prop}: ${rule}, got ${show(given)}; ${fix}`;
    super(path === undefined ? body : `[${path}] ${body}`);
    this.name = "NatError";
    this.prop = prop;
    this.path = path;
    this.#body = body;
  }

  /**
   * One error out of several: itself where there is one, otherwise an error that lists each on a line of its own.
   * Its `prop` is that of the first.
   */
  static list(errors: readonly [NatError, ...NatError[]]): NatError {
    const all = errors.flatMap((error) => error.errors);
    const [first] = errors;
    if (all.length === 1) {
      return first;
    }
    const list = new NatError(first.prop, "", undefined, "");
    list.message = [`${all.length} errors`, ...all.map(({ message }) => message)].join("\n");
    list.#errors = all;
    return list;
  }

  /** The errors that this one lists; itself alone where it is a single one. */
  get errors(): readonly NatError[] {
    return this.#errors;
  }

  /**
   * The same error with the place it stands at in front of the message. A path that is there already is kept behind
   * it, `[<path>/<earlier path>]`, unless it begins with `path`. Where the error lists several, each gets the path.
   */
  at(path: string): NatError {
    const [first, ...others] = this.#errors;
    if (first !== undefined && others.length > 0) {
      return NatError.list([first.at(path), ...others.map((error) => error.at(path))]);
    }
    const copy = new NatError(this.prop, "", undefined, "", joinPaths(path, this.path));
    copy.message = `[${copy.path ?? path}] ${this.#body}`;
    copy.#body = this.#body;
    return copy;
  }
}

function joinPaths(outer: string, inner: string | undefined): string {
  if (inner === undefined) {
    return outer;
  }
  return inner === outer || inner.startsWith(`${outer}/`) ? inner : `${outer}/${inner}`;
}

/** JSON of any value whatever, on one line, never very long; never throws. */
function show(value: unknown): string {
  const text = showWhole(value);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function showWhole(value: unknown): string {
  try {
    switch (typeof value) {
      case "undefined":
      case "number":
      case "symbol":
        return String(value);
      case "bigint":
        return `${value}n`;
      case "function":
        return "a function";
      default:
        return JSON.stringify(value, (_key, part: unknown) => (isPlain(part) ? part : showWhole(part)));
    }
  } catch {
    return "a value that has no JSON";
  }
}

/** Whether JSON has a way to say it. */
function isPlain(value: unknown): boolean {
  return typeof value === "number"
    ? Number.isFinite(value)
    : value !== undefined && !["bigint", "symbol", "function"].includes(typeof value);
}
