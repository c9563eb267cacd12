import { NatError } from "./nat-error";

/**
 * Checks at run time, for users of JavaScript, that a value is one of a closed list.
 *
 * @param prop the prop to name in an error
 * @throws NatError where it is not one of them
 */
export function parseChoice<T extends string>(value: string, choices: readonly T[], prop: string): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) {
    const quoted = choices.map((candidate) => JSON.stringify(candidate));
    const rule = `must be ${[quoted.slice(0, -1).join(", "), ...quoted.slice(-1)].filter(Boolean).join(" or ")}`;
    throw new NatError(prop, rule, value, choiceFix(value, choices));
  }
  return choice;
}

function choiceFix(value: unknown, choices: readonly string[]): string {
  const plain = typeof value === "string" ? value.trim().toLowerCase() : undefined;
  const [first, ...others] = choices.filter((choice) => choice.toLowerCase() === plain);
  return first !== undefined && others.length === 0 ? `use ${JSON.stringify(first)}` : "use one of them";
}
