/** A refusal by the simulated cloud's API, with the API's own error code. */
export class ApiError extends Error {
  public constructor(
    public readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** An error that the provider itself raises, without the API. */
export class ProviderError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = "ProviderError";
  }
}
