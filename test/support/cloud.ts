/** A cloud that Terraform deploys into on this machine: the provider simulator, or the real AWS provider with moto. */
export interface Cloud {
  /** What Terraform needs in its environment to talk to this cloud and to no other. */
  readonly env: Readonly<Record<string, string>>;
}
