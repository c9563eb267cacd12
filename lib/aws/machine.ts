import type { InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { HostConfiguration } from "../cdktf/host-configuration";
import type { SpotProps } from "./self-hosted-nat-instance-props";

/** What a machine is made of, whoever makes it. */
export interface MachineProps {
  readonly instanceType: string;
  readonly imageId: string;
  readonly keyName: string | undefined;
  readonly diskSizeGib: number;
  readonly kmsKeyId: string | undefined;
  readonly instanceProfileName: string | undefined;
  /** Its network interfaces, the primary one first. */
  readonly networkInterfaceIds: readonly string[];
  readonly creditSpecification: "standard" | "unlimited" | undefined;
  /** `undefined`: on demand. */
  readonly spot: SpotProps | undefined;
  readonly configuration: HostConfiguration;
  /** With the name among them. */
  readonly tags: Record<string, string>;
  readonly provider: TerraformProvider | undefined;
}

/** The metadata service by session tokens only, and for the machine itself only. */
export const METADATA_OPTIONS = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
} as const;

/** A request for spare capacity that ends with the machine. */
export function marketOptions(spot: SpotProps | undefined) {
  if (spot === undefined) return undefined;
  return { marketType: "spot", spotOptions: { maxPrice: spot.maxPrice, spotInstanceType: "one-time" } };
}

/** CPU credits, where the user chooses. */
export function creditSpecification({ creditSpecification: cpuCredits }: MachineProps) {
  return cpuCredits && { cpuCredits };
}

/** A machine that stands alone: an `aws_instance`. */
export function makeMachine(
  scope: Construct,
  id: string,
  props: MachineProps,
  autoRecovery: "default" | "disabled",
): Instance {
  const { imageId, networkInterfaceIds, instanceProfileName, configuration, diskSizeGib, kmsKeyId, tags } = props;
  const config: InstanceConfig = {
    ami: imageId,
    instanceType: props.instanceType,
    networkInterface: networkInterfaceIds.map((networkInterfaceId, deviceIndex) => ({
      deviceIndex,
      networkInterfaceId,
      deleteOnTermination: false,
    })),
    keyName: props.keyName,
    iamInstanceProfile: instanceProfileName,
    metadataOptions: METADATA_OPTIONS,
    maintenanceOptions: { autoRecovery },
    instanceMarketOptions: marketOptions(props.spot),
    creditSpecification: creditSpecification(props),
    rootBlockDevice: { volumeType: "gp3", volumeSize: diskSizeGib, encrypted: true, kmsKeyId, tags },
    userDataBase64: configuration.userData.gzipBase64,
    tags,
    provider: props.provider,
    // The provider would change user data in place, with a stop and a start that run nothing again; its bytes change
    // with the release of Terraform. A newer image would replace the machine unasked.
    lifecycle: {
      ignoreChanges: ["ami", "user_data_base64"],
      replaceTriggeredBy: configuration.replaceTriggeredBy,
    },
  };
  return new Instance(scope, id, config);
}
