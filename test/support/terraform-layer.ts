import { findTerraform } from "./terraform";

/**
 * `describe` for the tests that need Terraform. Where it is missing they are skipped with one visible line; in CI
 * (`CI=true`) that is a failure.
 */
export const describeTerraform = chooseDescribe();

function chooseDescribe(): jest.Describe {
  if (findTerraform() !== undefined) return describe;
  const message = "no Terraform CLI here (TERRAFORM_BINARY, terraform or tofu)";
  if (process.env.CI === "true") throw new Error(message);
  process.stderr.write(`SKIPPED: ${message}\n`);
  return describe.skip;
}
