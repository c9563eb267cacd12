import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { isKnown } from "../cdktf/when-known";
import { METADATA_OPTIONS, creditSpecification, marketOptions } from "./machine";
import type { MachineProps } from "./machine";
import { namePrefix } from "./name-prefix";

/** The longest name prefixes that the provider takes. */
const MAX_PREFIX = { launchTemplate: 99, group: 229 } as const;

/** What a group of one machine is made of. */
export interface MachineGroupProps extends MachineProps {
  /** The device of the root volume in the image. */
  readonly rootDevice: string;
  readonly availabilityZone: string;
}

/**
 * A group that keeps one machine alive: an `aws_autoscaling_group` with its `aws_launch_template`.
 *
 * The old machine goes before a new one comes, for both need the one interface; the group tries again while the
 * interface is still with the old one. It lies in a zone, not in a subnet: the interface says where it is.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/examples-launch-templates-aws-cli.html
 */
export function makeMachineGroup(scope: Construct, id: string, props: MachineGroupProps): AutoscalingGroup {
  const launchTemplate = makeLaunchTemplate(scope, "LaunchTemplate", props);
  return new AutoscalingGroup(scope, id, {
    namePrefix: namePrefix(scope, MAX_PREFIX.group),
    minSize: 1,
    maxSize: 1,
    desiredCapacity: 1,
    availabilityZones: [props.availabilityZone],
    // The version by number: with "$Latest" the provider sees no change to roll out.
    launchTemplate: { id: launchTemplate.id, version: `${launchTemplate.latestVersion}` },
    healthCheckType: "EC2",
    healthCheckGracePeriod: 120,
    instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
    instanceRefresh: {
      strategy: "Rolling",
      preferences: { minHealthyPercentage: 0, maxHealthyPercentage: 100, instanceWarmup: "60" },
    },
    tag: groupTags(props.tags),
    provider: props.provider,
  });
}

function makeLaunchTemplate(scope: Construct, id: string, props: MachineGroupProps): LaunchTemplate {
  const { networkInterfaceIds, instanceProfileName, configuration, diskSizeGib, kmsKeyId, tags } = props;
  const deleteOnTermination = "false";
  return new LaunchTemplate(scope, id, {
    namePrefix: namePrefix(scope, MAX_PREFIX.launchTemplate),
    imageId: props.imageId,
    instanceType: props.instanceType,
    networkInterfaces: networkInterfaceIds.map((networkInterfaceId, deviceIndex) => ({
      deviceIndex,
      networkInterfaceId,
      deleteOnTermination,
    })),
    keyName: props.keyName,
    iamInstanceProfile: instanceProfileName === undefined ? undefined : { name: instanceProfileName },
    metadataOptions: METADATA_OPTIONS,
    instanceMarketOptions: marketOptions(props.spot),
    creditSpecification: creditSpecification(props),
    blockDeviceMappings: [
      {
        deviceName: props.rootDevice,
        ebs: {
          volumeType: "gp3",
          volumeSize: diskSizeGib,
          encrypted: "true",
          kmsKeyId,
          deleteOnTermination: "true",
        },
      },
    ],
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
    userData: configuration.userData.gzipBase64,
    tags,
    provider: props.provider,
    // Another text is another template, and that the group rolls out. The bytes of the text change with the release of
    // Terraform. The group must never be without a template.
    lifecycle: {
      createBeforeDestroy: true,
      ignoreChanges: ["user_data"],
      replaceTriggeredBy: configuration.replaceTriggeredBy,
    },
  });
}

/** Tags of the group itself; its machine gets its own by the template. Where they come with a token, there is no list. */
function groupTags(tags: Readonly<Record<string, string>>) {
  if (!isKnown(tags) || !Object.keys(tags).every(isKnown)) return undefined;
  return Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false }));
}
