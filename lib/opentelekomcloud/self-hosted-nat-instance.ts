import { ComputeInstanceV2 } from "@cdktf/provider-opentelekomcloud/lib/compute-instance-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-secgroup-v2";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkId, checkProvider, checkText } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { configureHost } from "../cdktf/host-configuration";
import { HostSecurityGroup } from "../cdktf/host-security-group";
import { knownVpcCidrs } from "../cdktf/network";
import { parseHostProps } from "../cdktf/parse-host-props";
import { warnOfPrivateInterface, withAddress, withTwoInterfaces } from "../cdktf/private-interface";
import { whenKnown } from "../cdktf/when-known";
import { parseWholeNumber } from "../core/whole-number";
import { AdoptedNatInstance } from "./adopted-nat-instance";
import type { IAdoptedNatInstance, SelfHostedNatInstanceAttributes } from "./adopted-nat-instance";
import type { EipProps } from "./eip-props";
import { hostOf } from "./host";
import type { OpenTelekomCloudHost } from "./host";
import { checkFlavor, newestImage } from "./host-image";
import { checkHostIp, HOST_NETWORK } from "./host-network";
import { HostPort, subnetIdOf } from "./host-port";
import type { AlarmsProps, IEip, INat, NextHop, RouteProps } from "./nat";
import { checkSubnet, checkVpc, knownCidrOf } from "./network";
import { parsePrivateInterface } from "./private-interface";
import { resourceName } from "./resource-name";
import { SECURITY_GROUP_RULES } from "./security-group-rules";
import type { SelfHostedNatInstanceProps } from "./self-hosted-nat-instance-props";

const DEFAULT_FLAVOR = "s3.large.2";

/** Of the managed gateway. */
const IDLE_TIMEOUT_SECONDS = 900;

/** https://docs.otc.t-systems.com/elastic-cloud-server/umn/getting_started/creating_an_ecs/overview.html */
const MAX_USER_DATA_BYTES = 32 * 1024;

/**
 * A NAT of your own: one ECS with Linux, which the library configures. Takes the place of an `InternetNatGateway`:
 * EIPs, entries, routes and alarms are added to it word for word.
 *
 * The machine is cattle, its port is not: routes and EIPs point to the port and its addresses, and the machine is made
 * anew for every change of the entries (see `onChange`). A new machine deletes the old one first, boots and loads its
 * rules: nothing passes from the deletion to the end of that boot, and open connections live on only as `onStateLoss`
 * says. When the cloud's own hardware fails, the cloud restarts the machine elsewhere, and its rules are loaded before
 * its network is up.
 *
 * Makes one `opentelekomcloud_compute_instance_v2`, which costs money while it exists, its disk too; and, for nothing,
 * one `opentelekomcloud_networking_port_v2` (two with `privateInterface`) without source/destination check that is kept
 * when the machine goes, one `opentelekomcloud_networking_secgroup_v2` with `opentelekomcloud_networking_secgroup_rule_v2`s
 * (in: the clients with everything, each DNAT entry's public ports from its `allowFrom`, ping, SSH from `sshFrom`; out:
 * everything), one `terraform_data` and one for each port, and one `opentelekomcloud_images_image_v2` data source.
 *
 * The first EIP is bound to the port (`opentelekomcloud_networking_floatingip_associate_v2`), which takes one. Each
 * further one names a `privateIp`, and is bound to a virtual IP of that address
 * (`opentelekomcloud_networking_vip_v2`, `opentelekomcloud_networking_vip_associate_v2`), for nothing too.
 *
 * `addRoute` needs the default route table of a VPC, and no managed gateway in that VPC, for which the cloud adds a
 * default route by itself. Of its alarms, `newConnections` is the machine's CPU, `hostDown` the cloud's own check of what
 * the machine runs on, and `bandwidth` the EIPs'; the cloud has no metric for the others.
 */
export class SelfHostedNatInstance extends Construct implements INat {
  /** Takes in a host made elsewhere, by its private address: for routes to it, and for those only. Makes no resource. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: SelfHostedNatInstanceAttributes,
  ): IAdoptedNatInstance {
    return new AdoptedNatInstance(scope, id, attributes);
  }

  readonly natKind = "opentelekomcloud:host";
  readonly provider: TerraformProvider | undefined;
  /** ID of the ECS; another one after each change of the entries. */
  readonly instanceId: string;
  /** ID of the port with the EIPs, which outlives the machine. */
  readonly portId: string;
  /** ID of the port of `privateInterface`, to which routes lead; `undefined` where there is none. */
  readonly privatePortId: string | undefined;
  /** ID of the security group of the ports. */
  readonly securityGroupId: string;
  /** Private address of the port with the EIPs. */
  readonly privateIp: string;
  /**
   * The host as a route of a custom route table names it: the machine, or with `privateInterface` the second interface
   * of it. The table's routes follow a new machine in place.
   */
  readonly nextHop: NextHop;

  private readonly host: OpenTelekomCloudHost;

  constructor(scope: Construct, id: string, props: SelfHostedNatInstanceProps) {
    super(scope, id);
    const { name, options, onChange, dependsOn, flavor, second } = failAt(this, () => parseProps(this, props));
    const { provider, tags, imageId, subnet } = props;
    this.provider = provider;

    const securityGroup = new HostSecurityGroup(this, "SecurityGroup", {
      makeGroup: (scope, id) =>
        new NetworkingSecgroupV2(scope, id, { name, deleteDefaultRules: true, provider, dependsOn: after(dependsOn) })
          .id,
      rules: SECURITY_GROUP_RULES,
      sshFrom: props.sshFrom ?? [],
      icmpReply: props.icmpReply ?? true,
      clientCidrs: props.clientCidrs,
      provider,
    });
    const lasting = {
      name,
      securityGroupIds: [securityGroup.securityGroupId, ...(props.securityGroupIds ?? [])],
      provider,
      dependsOn: after(dependsOn),
    };
    const port = new HostPort(this, "Port", { ...lasting, subnet, subnetProp: "subnet", privateIp: props.privateIp });
    const secondPort =
      second &&
      new HostPort(this, "PrivatePort", {
        ...lasting,
        subnet: second.subnet,
        subnetProp: "privateInterface.subnet",
        privateIp: second.privateIp,
      });
    if (second !== undefined) {
      warnOfPrivateInterface(this, HOST_NETWORK, second, { subnet, firewall: props.firewall });
    }

    const { ledger, userData, replaceTriggeredBy } = configureHost(this, {
      vpc: props.vpc,
      subnet: HOST_NETWORK.subnet,
      options: withAddress(options, HOST_NETWORK, second, secondPort?.fixedIp),
      extraUserData: props.extraUserData,
      maxUserDataBytes: MAX_USER_DATA_BYTES,
      onChange,
      replacedBy: { image_id: imageId },
    });

    const machine = new ComputeInstanceV2(this, "Resource", {
      name,
      flavorId: flavor,
      blockDevice: [
        {
          sourceType: "image",
          uuid: imageId ?? newestImage(this, "Image", provider),
          destinationType: "volume",
          volumeType: props.systemDiskType ?? "SSD",
          volumeSize: props.systemDiskSizeGib ?? 20,
          bootIndex: 0,
          deleteOnTermination: true,
        },
      ],
      network: [port, ...(secondPort === undefined ? [] : [secondPort])].map(({ portId }) => ({ port: portId })),
      keyPair: props.keyPair,
      availabilityZone: props.availabilityZone,
      autoRecovery: true,
      // The provider hands on what is base64 already.
      userData: userData.gzipBase64,
      tags,
      provider,
      lifecycle: { ignoreChanges: ["block_device[0].uuid", "user_data"], replaceTriggeredBy },
    });
    this.instanceId = machine.id;
    this.portId = port.portId;
    this.privatePortId = secondPort?.portId;
    this.securityGroupId = securityGroup.securityGroupId;
    this.privateIp = props.privateIp ?? port.fixedIp;
    // A table takes the first interface of a machine by the machine only.
    this.nextHop =
      secondPort === undefined
        ? { type: "ecs", nexthop: this.instanceId }
        : { type: "eni", nexthop: secondPort.portId };
    this.host = hostOf(this, {
      machine,
      instanceId: this.instanceId,
      port,
      clientPort: secondPort ?? port,
      privateIp: this.privateIp,
      securityGroup,
      ledger,
      subnet,
      privateSubnet: second?.subnet,
      portAllocation: options.portAllocation ?? "preserve",
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
  const { vpc, subnet, flavor = DEFAULT_FLAVOR, privateIp, privateInterface } = props;
  checkVpc(vpc);
  checkSubnet(subnet);
  knownVpcCidrs(vpc);
  knownCidrOf(subnet);
  whenKnown(flavor, checkFlavor);
  if (props.imageId !== undefined) checkId(props.imageId, "imageId", "an image");
  checkText(props.keyPair, "keyPair");
  checkText(props.availabilityZone, "availabilityZone");
  checkText(props.systemDiskType, "systemDiskType");
  if (props.systemDiskSizeGib !== undefined) {
    const range = { min: 4, max: 1024, unit: "GiB" };
    whenKnown(props.systemDiskSizeGib, (size) => parseWholeNumber(size, range, "systemDiskSizeGib"));
  }
  checkHostIp(privateIp, subnet);
  if (privateIp !== undefined) subnetIdOf(subnet, "subnet");
  checkProvider(props.provider);
  const { options, onChange } = parseHostProps(props, { vpc, idleTimeoutSeconds: IDLE_TIMEOUT_SECONDS });
  const second = privateInterface === undefined ? undefined : parsePrivateInterface(privateInterface, { vpc, subnet });
  if (second?.privateIp !== undefined) subnetIdOf(second.subnet, "privateInterface.subnet");
  return {
    flavor,
    options: second === undefined ? options : withTwoInterfaces(options, HOST_NETWORK, second, subnet),
    onChange,
    second,
    name: resourceName(nat, props.name),
    dependsOn: dependables(nat, props.dependsOn),
  };
}
