import { Lazy } from "cdktf";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkId, checkProvider, checkText } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { configureHost } from "../cdktf/host-configuration";
import { checkHostIp } from "../cdktf/host-ip";
import { HostSecurityGroup } from "../cdktf/host-security-group";
import { knownVpcCidrs } from "../cdktf/network";
import { parseHostProps } from "../cdktf/parse-host-props";
import { warnOfPrivateInterface, withAddress, withTwoInterfaces } from "../cdktf/private-interface";
import { isKnown, whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { AdoptedNatInstance } from "./adopted-nat-instance";
import type { IAdoptedNatInstance, SelfHostedNatInstanceAttributes } from "./adopted-nat-instance";
import { EcsNetworkInterface } from "./bindings/ecs-network-interface";
import { Instance } from "./bindings/instance";
import { SecurityGroup } from "./bindings/security-group";
import type { EipProps } from "./eip-props";
import { hostOf } from "./host";
import type { AlicloudHost } from "./host";
import { checkInstanceType, newestImage } from "./host-image";
import { HOST_NETWORK, NAT_IP } from "./host-network";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { checkVpc, checkVswitch, knownVswitchCidr } from "./network";
import { parsePrivateInterface } from "./private-interface";
import { resourceName } from "./resource-name";
import { SECURITY_GROUP_RULES } from "./security-group-rules";
import type { SelfHostedNatInstanceProps } from "./self-hosted-nat-instance-props";

const DEFAULT_INSTANCE_TYPE = "ecs.c7.large";

/** Of the managed gateway. */
const IDLE_TIMEOUT_SECONDS = 900;

/** https://www.alibabacloud.com/help/en/ecs/user-guide/customize-the-initialization-configuration-for-an-instance */
const MAX_USER_DATA_BYTES = 32 * 1024;

/**
 * A NAT of your own: one ECS instance with Linux, which the library configures. Takes the place of an
 * `InternetNatGateway`: EIPs, entries, routes and alarms are added to it word for word.
 *
 * The machine is cattle, its network interface is not: routes and EIPs point to the interface and its addresses, and the
 * machine is made anew for every change of the entries (see `onChange`). A new machine deletes the old one first, boots
 * and loads its rules: nothing passes from the deletion to the end of that boot, and open connections live on only as
 * `onStateLoss` says. When the cloud's own hardware fails, the cloud restarts the machine elsewhere, and its rules are
 * loaded before its network is up.
 *
 * Makes one `alicloud_instance`, which costs money while it exists, its disk too; and, for nothing, one
 * `alicloud_ecs_network_interface` (two with `privateInterface`) without source/destination check that is kept when the
 * machine goes, one `alicloud_security_group` with `alicloud_security_group_rule`s (in: the clients with everything, each
 * DNAT entry's public ports from its `allowFrom`, ping, SSH from `sshFrom`; out: everything), one `terraform_data`, and
 * one `alicloud_images` data source. Keeping a primary interface is possible in most regions:
 * https://www.alibabacloud.com/help/en/ecs/user-guide/retain-and-reuse-an-eni
 *
 * Beside an IPv4 gateway it needs a vSwitch with a route of its own to that gateway. Of its alarms, `newConnections` is
 * the machine's CPU, `bandwidth` the EIPs', and `hostDown` the cloud's events of a failure or of maintenance that takes
 * the machine down; the cloud has no metric for the others.
 */
export class SelfHostedNatInstance extends Construct implements INat {
  /** Takes in a host made elsewhere, by its network interface: for routes to it, and for those only. Makes no resource. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: SelfHostedNatInstanceAttributes,
  ): IAdoptedNatInstance {
    return new AdoptedNatInstance(scope, id, attributes);
  }

  readonly natKind = "alicloud:host";
  readonly provider: TerraformProvider | undefined;
  /** ID of the ECS instance (`i-...`); another one after each change of the entries. */
  readonly instanceId: string;
  /** ID of the network interface with the EIPs (`eni-...`), which outlives the instance. */
  readonly networkInterfaceId: string;
  /** ID of the interface of `privateInterface` (`eni-...`), to which routes lead; `undefined` where there is none. */
  readonly privateNetworkInterfaceId: string | undefined;
  /** ID of the security group of the interfaces (`sg-...`). */
  readonly securityGroupId: string;
  /** Primary private address of the interface with the EIPs. */
  readonly privateIp: string;

  private readonly host: AlicloudHost;

  constructor(scope: Construct, id: string, props: SelfHostedNatInstanceProps) {
    super(scope, id);
    const { name, options, onChange, dependsOn, instanceType, second } = failAt(this, () => parseProps(this, props));
    const { provider, resourceGroupId, tags, imageId } = props;
    this.provider = provider;

    const securityGroup = new HostSecurityGroup(this, "SecurityGroup", {
      makeGroup: (scope, id) =>
        new SecurityGroup(scope, id, {
          vpcId: props.vpc.id,
          securityGroupName: name,
          resourceGroupId,
          tags,
          provider,
          dependsOn: after(dependsOn),
        }).id,
      rules: SECURITY_GROUP_RULES,
      sshFrom: props.sshFrom ?? [],
      icmpReply: props.icmpReply ?? true,
      clientCidrs: props.clientCidrs,
      provider,
    });
    const secondaryIps: string[] = [];
    const lasting = {
      networkInterfaceName: name,
      securityGroupIds: [securityGroup.securityGroupId, ...(props.securityGroupIds ?? [])],
      sourceDestCheck: false,
      deleteOnRelease: false,
      resourceGroupId,
      tags,
      provider,
      dependsOn: after(dependsOn),
    };
    const networkInterface = new EcsNetworkInterface(this, "NetworkInterface", {
      ...lasting,
      vswitchId: props.vswitch.id,
      primaryIpAddress: props.privateIp,
      // Also where it is empty: without it, the last address that is taken out would stay.
      privateIpAddresses: Lazy.listValue({ produce: () => secondaryIps }),
    });
    const secondInterface =
      second &&
      new EcsNetworkInterface(this, "PrivateNetworkInterface", {
        ...lasting,
        vswitchId: second.subnet.id,
        primaryIpAddress: second.privateIp,
      });
    if (second !== undefined) {
      const { vswitch: subnet, firewall } = props;
      warnOfPrivateInterface(this, HOST_NETWORK, second, { subnet, firewall });
    }

    const { ledger, userData, replaceTriggeredBy } = configureHost(this, {
      vpc: props.vpc,
      subnet: HOST_NETWORK.subnet,
      options: withAddress(options, HOST_NETWORK, second, secondInterface?.primaryIpAddress),
      extraUserData: props.extraUserData,
      maxUserDataBytes: MAX_USER_DATA_BYTES,
      onChange,
      replacedBy: { image_id: imageId },
    });

    const machine = new Instance(this, "Resource", {
      instanceName: name,
      instanceType,
      imageId: imageId ?? newestImage(this, "Image", instanceType, provider),
      networkInterfaceId: networkInterface.id,
      // In the machine's own block, not by an alicloud_ecs_network_interface_attachment: the second interface is there at
      // the first boot, goes free with the old machine and into the new one by the calls that delete and make them, and
      // is never taken out of a machine that runs, which not every type can do, and which may hang.
      networkInterfaces: secondInterface && [{ networkInterfaceId: secondInterface.id }],
      keyName: props.keyName,
      systemDiskCategory: props.systemDiskCategory ?? "cloud_essd",
      systemDiskSize: props.systemDiskSizeGib ?? 20,
      httpEndpoint: "enabled",
      httpTokens: "required",
      maintenanceAction: "AutoRecover",
      userData: userData.gzipBase64,
      resourceGroupId,
      tags,
      provider,
      // The provider would change both in place: user data with a stop and a start that run nothing again, an image by
      // another disk.
      lifecycle: { ignoreChanges: ["image_id", "user_data"], replaceTriggeredBy },
    });
    this.instanceId = machine.id;
    this.networkInterfaceId = networkInterface.id;
    this.privateNetworkInterfaceId = secondInterface?.id;
    this.securityGroupId = securityGroup.securityGroupId;
    this.privateIp = props.privateIp ?? networkInterface.primaryIpAddress;
    this.host = hostOf(this, {
      machine,
      instanceId: this.instanceId,
      networkInterfaceId: this.networkInterfaceId,
      clientInterfaceId: this.privateNetworkInterfaceId ?? this.networkInterfaceId,
      privateIp: this.privateIp,
      secondaryIps,
      securityGroup,
      ledger,
      vpc: props.vpc,
      vswitch: props.vswitch,
      privateVswitch: second?.subnet,
      portAllocation: options.portAllocation ?? "preserve",
      resourceGroupId,
      tags,
      dependsOn,
    });
  }

  get publicIps(): readonly string[] {
    return this.host.publicIps;
  }

  get dependables(): readonly ITerraformDependable[] {
    return this.host.dependables;
  }

  addEip(id: string, props?: EipProps): IEip {
    return this.host.addEip(id, props ?? {});
  }

  addRoute(id: string, props: RouteProps): void {
    this.host.addRoute(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.host.addAlarms(id, props);
  }
}

function parseProps(nat: SelfHostedNatInstance, props: SelfHostedNatInstanceProps) {
  checkProps(props);
  checkVpc(props.vpc);
  checkVswitch(props.vswitch);
  knownVpcCidrs(props.vpc);
  knownVswitchCidr(props.vswitch);
  const instanceType = props.instanceType ?? DEFAULT_INSTANCE_TYPE;
  whenKnown(instanceType, checkInstanceType);
  if (!isKnown(instanceType) && props.imageId === undefined) {
    const fix = "write it out, or name the imageId";
    throw new NatError("instanceType", "must be known at synth, where the image is chosen by it", instanceType, fix);
  }
  if (props.imageId !== undefined) checkId(props.imageId, "imageId", "an image");
  checkText(props.keyName, "keyName");
  checkText(props.systemDiskCategory, "systemDiskCategory");
  if (props.systemDiskSizeGib !== undefined) {
    const range = { min: 20, max: 2048, unit: "GiB" };
    whenKnown(props.systemDiskSizeGib, (size) => parseWholeNumber(size, range, "systemDiskSizeGib"));
  }
  checkHostIp(props.privateIp, props.vswitch, NAT_IP);
  checkText(props.resourceGroupId, "resourceGroupId");
  checkProvider(props.provider);
  const { options, onChange } = parseHostProps(props, { vpc: props.vpc, idleTimeoutSeconds: IDLE_TIMEOUT_SECONDS });
  const { privateInterface } = props;
  const second =
    privateInterface === undefined ? undefined : parsePrivateInterface(privateInterface, { ...props, instanceType });
  return {
    instanceType,
    options: second === undefined ? options : withTwoInterfaces(options, HOST_NETWORK, second, props.vswitch),
    onChange,
    second,
    name: resourceName(nat, props.name),
    dependsOn: dependables(nat, props.dependsOn),
  };
}
