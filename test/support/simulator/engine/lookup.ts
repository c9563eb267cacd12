import { isExpected } from "./waiting";

/** What `look` finds; undefined when the API says that it does not exist. */
export async function ifExists<T>(codes: readonly string[], look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isExpected(error, codes)) return undefined;
    throw error;
  }
}
