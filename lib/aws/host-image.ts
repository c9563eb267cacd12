import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { architectureOf } from "./instance-type";
import type { HostRecovery } from "./self-hosted-nat-instance-props";

/** The device of the root volume in Ubuntu's images. */
const UBUNTU_ROOT_DEVICE = "/dev/sda1";

/**
 * The public parameter that names Canonical's current image of Ubuntu 24.04 LTS, which carries nftables and the agent
 * of Session Manager.
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
 */
function imageParameter(instanceType: string): string {
  const architecture = architectureOf(instanceType);
  return `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`;
}

/** What the image of a host is chosen by. */
export interface HostImageProps {
  readonly imageId?: string;
  readonly imageUpdates?: "none" | "track";
  readonly instanceType: string;
  readonly recovery: HostRecovery;
  readonly provider?: TerraformProvider;
}

/** The image of a host. */
export interface HostImage {
  readonly imageId: string;
  /** What replaces the machine when it changes; `undefined` where no newer image does. */
  readonly replacedBy: string | undefined;
  /** The device of its root volume. */
  readonly rootDevice: string;
}

/**
 * The image of a host: the user's, or the vendor's current one.
 *
 * A group's machines find the vendor's image themselves when they start (`resolve:ssm:`), so that a newer one is no
 * change of the template. A machine that stands alone gets it from an `aws_ssm_parameter` data source.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
export function imageFor(scope: Construct, props: HostImageProps): HostImage {
  const { imageId, imageUpdates, instanceType, recovery, provider } = props;
  const isGroup = recovery === "auto-scaling";
  if (imageId !== undefined) {
    return { imageId, replacedBy: imageId, rootDevice: isGroup ? rootDeviceOf(scope, imageId, provider) : "" };
  }
  const name = imageParameter(instanceType);
  const rootDevice = UBUNTU_ROOT_DEVICE;
  if (isGroup && imageUpdates !== "track") return { imageId: `resolve:ssm:${name}`, replacedBy: undefined, rootDevice };
  const current = new DataAwsSsmParameter(scope, "Image", { name, provider }).insecureValue;
  return { imageId: current, replacedBy: imageUpdates === "track" ? current : undefined, rootDevice };
}

/** The device of the root volume in the user's image, for a template has to name it: an `aws_ami` data source. */
function rootDeviceOf(scope: Construct, imageId: string, provider: TerraformProvider | undefined): string {
  return new DataAwsAmi(scope, "Image", { filter: [{ name: "image-id", values: [imageId] }], provider }).rootDeviceName;
}
