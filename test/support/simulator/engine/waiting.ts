import { ApiError, ProviderError } from "./api-error";
import type { Cloud } from "./cloud";

/** Which refusals a call is repeated after, and for how long. */
export interface RetryOptions {
  /** Simulated seconds after which the last refusal is final. */
  readonly timeoutSeconds: number;
  /** Error codes that are worth another try. */
  readonly codes: readonly string[];
  /** Simulated seconds before the second try. @default 3 */
  readonly firstWaitSeconds?: number;
  /** Simulated seconds before each later try. @default 5 */
  readonly waitSeconds?: number;
}

/** Whether a refusal is one of the expected ones. A code also stands for its sub-codes, and the other way round. */
export function isExpected(error: unknown, codes: readonly string[]): error is ApiError {
  return error instanceof ApiError && codes.some((code) => code.startsWith(error.code) || error.code.includes(code));
}

/**
 * Repeats `attempt` while it is refused with one of the expected codes and there is time.
 * What counts is the time that was waited, so that a slow machine gives no timeout of its own.
 */
export async function retry<T>(cloud: Cloud, options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  let left = options.timeoutSeconds;
  for (let wait = options.firstWaitSeconds ?? 3; ; wait = options.waitSeconds ?? 5) {
    try {
      return await attempt();
    } catch (error) {
      left -= wait;
      if (!isExpected(error, options.codes) || left < 0) throw error;
    }
    await cloud.sleep(wait);
  }
}

/** How the provider waits for a change that the cloud makes by itself. */
export interface WaitOptions {
  /** What is waited for, for the error message. */
  readonly what: string;
  readonly timeoutSeconds: number;
  /** Simulated seconds before the first look. @default 5 */
  readonly delaySeconds?: number;
}

const LOOK_SECONDS = 3;

/** Looks again and again until `done` says so. */
export async function waitUntil(cloud: Cloud, options: WaitOptions, done: () => Promise<boolean>): Promise<void> {
  await cloud.sleep(options.delaySeconds ?? 5);
  for (let left = options.timeoutSeconds; !(await done()); left -= LOOK_SECONDS) {
    if (left < 0) throw new ProviderError(`timeout while waiting for ${options.what}`);
    await cloud.sleep(LOOK_SECONDS);
  }
}

/** Lets one piece of work at a time through, in the order of arrival. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  public async run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work, work);
    this.last = result.catch(() => undefined);
    return await result;
  }
}
