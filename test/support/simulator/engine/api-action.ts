import type { ApiAction, Cloud } from "./cloud";

/** An action that only looks. */
export function reading<Request, Response>(
  name: string,
  act: (cloud: Cloud, request: Request) => Response,
): ApiAction<Request, Response> {
  return { name, mutating: false, act };
}

/** An action that changes the cloud. */
export function changing<Request, Response>(
  name: string,
  act: (cloud: Cloud, request: Request) => Response,
  exclusive?: ApiAction<Request, Response>["exclusive"],
): ApiAction<Request, Response> {
  return { name, mutating: true, act, ...(exclusive && { exclusive }) };
}
