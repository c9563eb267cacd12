import { findMoto, NO_MOTO } from "./moto";
import { findTerraform, NO_TERRAFORM } from "./terraform";

/**
 * `describe` for the tests that need Terraform. Where it is missing they are skipped with one visible line; in CI
 * (`CI=true`) that is a failure.
 */
export const describeTerraform = chooseDescribe(findTerraform() === undefined ? NO_TERRAFORM : undefined);

/** The same for the tests that need the moto server as well. */
export function describeMoto(name: string, tests: () => void): void {
  const chosen =
    findTerraform() === undefined || findMoto() !== undefined ? describeTerraform : chooseDescribe(NO_MOTO);
  chosen(name, tests);
}

function chooseDescribe(missing: string | undefined): jest.Describe {
  if (missing === undefined) return describe;
  if (process.env.CI === "true") throw new Error(missing);
  process.stderr.write(`SKIPPED: ${missing}\n`);
  return describe.skip;
}
