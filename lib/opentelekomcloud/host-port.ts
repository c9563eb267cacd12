import { NetworkingPortV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-port-v2";
import type { NetworkingPortV2Config } from "@cdktf/provider-opentelekomcloud/lib/networking-port-v2";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { checkId } from "../cdktf/check-types";
import { replacementTrigger } from "../cdktf/replacement-trigger";
import { NatError } from "../core/nat-error";
import type { ISubnet } from "./network";

/**
 * The pair that switches the source/destination check of a port off: any address may come out of it.
 * https://docs.otc.t-systems.com/virtual-private-cloud/api-ref/native_openstack_neutron_apis_v2.0/port
 */
const NO_SOURCE_CHECK = [{ ipAddress: "1.1.1.1/0" }];

/** What a port of a host is made of. */
export interface HostPortProps extends Pick<NetworkingPortV2Config, "securityGroupIds" | "provider" | "dependsOn"> {
  readonly subnet: ISubnet;
  /** The prop that holds the subnet, for messages. */
  readonly subnetProp: string;
  /** Its address, where the user names it. */
  readonly privateIp: string | undefined;
  readonly name: string;
}

/**
 * A port of a host without source/destination check, which outlives the machine: `opentelekomcloud_networking_port_v2`,
 * and a `terraform_data` with its address. The provider would change the address in place, which the cloud's API cannot.
 */
export class HostPort extends Construct {
  readonly resource: NetworkingPortV2;
  readonly portId: string;
  /** The address that it has: what the user named, as the cloud gave it, or what the cloud chose. */
  readonly fixedIp: string;

  constructor(scope: Construct, id: string, props: HostPortProps) {
    super(scope, id);
    const { subnet, subnetProp, privateIp, name, securityGroupIds, provider, dependsOn } = props;
    this.resource = new NetworkingPortV2(this, "Resource", {
      name,
      networkId: subnet.id,
      fixedIp: privateIp === undefined ? undefined : { subnetId: subnetIdOf(subnet, subnetProp), ipAddress: privateIp },
      securityGroupIds,
      allowedAddressPairs: NO_SOURCE_CHECK,
      provider,
      dependsOn,
      lifecycle: { replaceTriggeredBy: [replacementTrigger(this, "Address", { private_ip: privateIp })] },
    });
    this.portId = this.resource.id;
    this.fixedIp = Fn.element(this.resource.allFixedIps, 0) as string;
  }
}

/** What OpenStack calls the subnet, which it wants beside an address of it. */
export function subnetIdOf({ subnetId }: ISubnet, subnetProp: string): string {
  const prop = `${subnetProp}.subnetId`;
  if (subnetId === undefined) {
    const fix = "pass the VpcSubnetV1 itself, or add its subnetId";
    throw new NatError(prop, "must be given where a privateIp is named", subnetId, fix);
  }
  checkId(subnetId, prop, "an OpenStack subnet");
  return subnetId;
}
