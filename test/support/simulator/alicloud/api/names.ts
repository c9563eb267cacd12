import { ApiError } from "../../engine/api-error";

// The API's pages: 2 to 128 characters, starts with a letter, not with http:// or https://.
const STRICT = /^\p{L}[\p{L}\d_-]{1,127}$/u;
const LOOSE = /^(?!https?:\/\/)\p{L}[\p{L}\d._ :-]{1,127}$/u;

/** Refuses a name of an SNAT or DNAT entry or NAT gateway that the API's page forbids; "" is no name. */
export function checkStrictName(name: string, code = "InvalidParameter.Name.Malformed"): void {
  if (name !== "" && !STRICT.test(name)) throw new ApiError(code, "The specified Name is not valid.");
}

/** Refuses a name of another resource that the API's page forbids; "" is no name. */
export function checkName(name: string, code: string): void {
  if (name !== "" && !LOOSE.test(name)) throw new ApiError(code, "The specified Name is not valid.");
}

/** Refuses a description that is not 2 to 256 characters long; "" is no description. */
export function checkDescription(description: string): void {
  const legal = description === "" || (description.length >= 2 && description.length <= 256);
  if (!legal) throw new ApiError("InvalidParameter.Description.Malformed", "The specified Description is not valid.");
}
