import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn } from "cdktf";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { namePrefix } from "./name-prefix";

/** The longest name prefix of roles and instance profiles that the provider takes. */
const MAX_PREFIX = 38;

/** What the role of a host takes over from its NAT. */
export interface SessionManagerProps {
  readonly tags: Readonly<Record<string, string>>;
  readonly provider: TerraformProvider | undefined;
}

/**
 * Lets Session Manager log in to a host: a role with the policy `AmazonSSMManagedInstanceCore`, and the instance profile
 * that hands it to the machine.
 */
export class SessionManager extends Construct {
  readonly roleName: string;
  readonly instanceProfileName: string;
  /** What must be there before the machine's agent can register. */
  readonly ready: readonly ITerraformDependable[];

  constructor(nat: Construct, id: string, { tags, provider }: SessionManagerProps) {
    super(nat, id);
    const partition = new DataAwsPartition(this, "Partition", { provider });
    const prefix = namePrefix(nat, MAX_PREFIX);
    const role = new IamRole(this, "Role", {
      namePrefix: prefix,
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: `ec2.${partition.dnsSuffix}` },
          },
        ],
      }),
      tags,
      provider,
    });
    this.roleName = role.name;
    const policy = new IamRolePolicyAttachment(this, "Policy", {
      role: this.roleName,
      policyArn: `arn:${partition.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      provider,
    });
    const profile = new IamInstanceProfile(this, "Resource", {
      namePrefix: prefix,
      role: this.roleName,
      tags,
      provider,
    });
    this.instanceProfileName = profile.name;
    this.ready = [policy];
  }
}
