import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { after } from "../cdktf/dependencies";
import { failAt } from "../cdktf/fail";
import { configureHost } from "../cdktf/host-configuration";
import { HostSecurityGroup } from "../cdktf/host-security-group";
import { warnOfPrivateInterface, withAddress } from "../cdktf/private-interface";
import { warn } from "../cdktf/warn-at-synth";
import { whenKnown } from "../cdktf/when-known";
import { AdoptedNatInstance } from "./adopted-nat-instance";
import type { IAdoptedNatInstance, SelfHostedNatInstanceAttributes } from "./adopted-nat-instance";
import type { EipProps } from "./eip-props";
import { hostOf } from "./host";
import type { AwsHost } from "./host";
import { imageFor } from "./host-image";
import { HostInterface } from "./host-interface";
import { HOST_NETWORK } from "./host-network";
import { architectureOf } from "./instance-type";
import { keepMachine } from "./keep-machine";
import { namePrefix } from "./name-prefix";
import type { AlarmsProps, IEip, IHostNat, RouteProps } from "./nat";
import { parseSelfHostedProps } from "./parse-self-hosted-props";
import type { ParsedSelfHostedProps } from "./parse-self-hosted-props";
import { securityGroupRules } from "./security-group-rules";
import type { SelfHostedNatInstanceProps } from "./self-hosted-nat-instance-props";
import { SessionManager } from "./session-manager";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const MAX_USER_DATA_BYTES = 16 * 1024;

/** The longest name prefix of a security group that the provider takes. */
const MAX_GROUP_PREFIX = 100;

/**
 * A NAT of your own: one EC2 instance with Linux, which the library configures. Takes the place of an
 * `InternetNatGateway`, and does what that does not: SNAT entries, DNAT entries, several EIPs by choice.
 *
 * The machine is cattle, its network interface is not: routes and EIPs point to the interface and its addresses, and the
 * machine is made anew for every change of the entries (see `onChange`). A new machine deletes the old one first, boots
 * and loads its rules: nothing passes from the deletion to the end of that boot, and open connections live on only as
 * `onStateLoss` says. What happens when it fails is told by `recovery`.
 *
 * The first EIP is bound to the interface's primary address; each further one names an address (`privateIp`), and then
 * the NAT names its own. Adding or removing a further EIP takes the other further ones off for some seconds; the first
 * is not touched.
 *
 * Makes one `aws_instance`, or with `recovery: "auto-scaling"` one `aws_autoscaling_group` and one `aws_launch_template`
 * that make it: it costs money while it runs, its root volume too. And, for nothing, one `aws_network_interface` (two
 * with `privateInterface`) without source/destination check that stays when the machine goes, one `aws_security_group`
 * with its rules (in: the clients with everything, each DNAT entry's public ports from its `allowFrom`, ping, SSH from
 * `sshFrom`; out: everything), one or two `terraform_data`, an `aws_ssm_parameter` data source for the image, and for
 * `sessionManager` one `aws_iam_role` with an `aws_iam_role_policy_attachment` and an `aws_iam_instance_profile`. EIPs
 * cost money each.
 *
 * Of its alarms, `hostDown` is the status checks', `newConnections` the machine's CPU, `bandwidth` what it sends on all
 * its interfaces together, `cpuCredits` the balance of a burstable type; the last three come every five minutes.
 */
export class SelfHostedNatInstance extends Construct implements IHostNat {
  /** Takes in a host made elsewhere, by its network interface: for routes to it, and for those only. Makes no resource. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: SelfHostedNatInstanceAttributes,
  ): IAdoptedNatInstance {
    return new AdoptedNatInstance(scope, id, attributes);
  }

  readonly natKind = "aws:host";
  readonly provider: TerraformProvider | undefined;
  /** ID of the EC2 instance (`i-...`), another one after each change of the entries; `undefined` with a group. */
  readonly instanceId: string | undefined;
  /** Name of the group of `recovery: "auto-scaling"`; `undefined` without one. */
  readonly autoScalingGroupName: string | undefined;
  /** ID of the network interface with the EIPs (`eni-...`), which outlives the machine. */
  readonly networkInterfaceId: string;
  /** ID of the interface of `privateInterface` (`eni-...`), to which routes lead; `undefined` where there is none. */
  readonly privateNetworkInterfaceId: string | undefined;
  /** ID of the security group of the interfaces (`sg-...`). */
  readonly securityGroupId: string;
  /** Primary private address of the interface with the EIPs. */
  readonly privateIp: string;
  /** Name of the role of the machine, to which policies can be attached; `undefined` without `sessionManager`. */
  readonly roleName: string | undefined;

  private readonly host: AwsHost;

  constructor(scope: Construct, id: string, props: SelfHostedNatInstanceProps) {
    super(scope, id);
    const parsed = failAt(this, () => parseSelfHostedProps(this, props));
    const { instanceType, options, recovery, second, spot, tags, dependsOn } = parsed;
    const { vpc, subnet, provider } = props;
    this.provider = provider;

    const securityGroup = makeSecurityGroup(this, props, parsed);
    this.securityGroupId = securityGroup.securityGroupId;
    const lasting = {
      securityGroups: [this.securityGroupId, ...(props.securityGroupIds ?? [])],
      sourceDestCheck: false,
      tags,
      provider,
      dependsOn: after(dependsOn),
    };
    const networkInterface = new HostInterface(this, "NetworkInterface", {
      ...lasting,
      subnetId: subnet.id,
      privateIp: props.privateIp,
      instanceType,
    });
    this.networkInterfaceId = networkInterface.networkInterfaceId;
    this.privateIp = networkInterface.addresses.privateIp;
    const secondInterface =
      second &&
      new NetworkInterface(this, "PrivateNetworkInterface", {
        ...lasting,
        subnetId: second.subnet.id,
        ...(second.privateIp === undefined ? {} : { privateIpListEnabled: true, privateIpList: [second.privateIp] }),
      });
    this.privateNetworkInterfaceId = secondInterface?.id;
    if (second !== undefined) warnOfPrivateInterface(this, HOST_NETWORK, second, { subnet, firewall: props.firewall });
    if (spot !== undefined && recovery !== "auto-scaling") {
      const rest = 'nothing brings it back but the next deployment; use recovery "auto-scaling"';
      warn(this, `spot: when the cloud takes the machine away, ${rest}`);
    }

    const sessionManager =
      props.sessionManager === false ? undefined : new SessionManager(this, "SessionManager", { tags, provider });
    this.roleName = sessionManager?.roleName;
    const image = imageFor(this, { ...props, instanceType, recovery });
    const configuration = configureHost(this, {
      vpc,
      subnet: HOST_NETWORK.subnet,
      options: withAddress(options, HOST_NETWORK, second, secondInterface?.privateIp),
      extraUserData: props.extraUserData,
      maxUserDataBytes: MAX_USER_DATA_BYTES,
      onChange: parsed.onChange,
      replacedBy: { architecture: whenKnown(instanceType, architectureOf), image_id: image.replacedBy },
    });
    const clientInterfaceId = this.privateNetworkInterfaceId ?? this.networkInterfaceId;
    const { machine, instanceId, autoScalingGroupName, dimensions } = keepMachine(this, recovery, {
      instanceType,
      imageId: image.imageId,
      rootDevice: image.rootDevice,
      availabilityZone: subnet.availabilityZone,
      keyName: props.keyName,
      diskSizeGib: props.diskSizeGib ?? 8,
      kmsKeyId: props.kmsKeyId,
      instanceProfileName: sessionManager?.instanceProfileName,
      networkInterfaceIds: [this.networkInterfaceId, ...(secondInterface === undefined ? [] : [clientInterfaceId])],
      creditSpecification: props.creditSpecification,
      spot,
      configuration,
      tags,
      provider,
    });
    this.instanceId = instanceId;
    this.autoScalingGroupName = autoScalingGroupName;
    this.host = hostOf(this, {
      machine,
      instanceType,
      dimensions,
      networkInterface,
      clientInterfaceId,
      securityGroup,
      securityGroupRules: securityGroupRules(),
      ledger: configuration.ledger,
      vpc,
      subnet,
      privateSubnet: second?.subnet,
      portAllocation: options.portAllocation ?? "preserve",
      tags: props.tags,
      dependsOn: [...dependsOn, ...(sessionManager?.ready ?? [])],
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

function makeSecurityGroup(
  nat: Construct,
  { vpc, sshFrom, icmpReply, clientCidrs, tags: ruleTags, provider }: SelfHostedNatInstanceProps,
  { tags, dependsOn }: ParsedSelfHostedProps,
): HostSecurityGroup {
  return new HostSecurityGroup(nat, "SecurityGroup", {
    makeGroup: (scope, id) =>
      new SecurityGroup(scope, id, {
        namePrefix: namePrefix(nat, MAX_GROUP_PREFIX),
        description: "What a NAT host lets through",
        vpcId: vpc.id,
        tags,
        provider,
        dependsOn: after(dependsOn),
      }).id,
    rules: securityGroupRules(ruleTags),
    sshFrom: sshFrom ?? [],
    icmpReply: icmpReply ?? true,
    clientCidrs,
    provider,
  });
}
