import { ProviderError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { isExpected } from "../../engine/waiting";

/** How the provider deletes something. */
export interface Deletion {
  /** What is deleted, for the error message. */
  readonly what: string;
  readonly timeoutSeconds: number;
  /** The code of an object that is gone. */
  readonly gone: string;
  /** Refusals that are waited out. @default - none */
  readonly retried?: readonly string[];
}

const DELAY_SECONDS = 5;
const LOOK_SECONDS = 3;

/** Looks and deletes again and again until the object is gone, as this provider does with nearly everything. */
export async function deleteUntilGone(
  cloud: Cloud,
  { what, timeoutSeconds, gone, retried = [] }: Deletion,
  look: () => Promise<unknown>,
  remove: () => Promise<unknown>,
): Promise<void> {
  await cloud.sleep(DELAY_SECONDS);
  let last: unknown = new ProviderError(`timeout while waiting for the end of ${what}`);
  for (let left = timeoutSeconds; left >= 0; left -= LOOK_SECONDS) {
    try {
      await look();
      await remove();
    } catch (error) {
      if (isExpected(error, [gone])) return;
      if (!isExpected(error, retried)) throw error;
      last = error;
    }
    await cloud.sleep(LOOK_SECONDS);
  }
  throw last;
}
