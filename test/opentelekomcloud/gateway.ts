import type { App, TerraformStack } from "cdktf";
import { InternetNatGateway, type InternetNatGatewayProps } from "cdktf-nat/opentelekomcloud";
import { counts } from "../support/stacks";
import { network } from "./host";

/** Topic of Simple Message Notification for alarms. */
export const TOPIC = "urn:smn:eu-de:0123456789abcdef:ops";

/** Addresses of what the fixture makes. */
export const GATEWAY = "opentelekomcloud_nat_gateway_v2.Nat_74B082C8";
export const GATEWAY_ID = `\${${GATEWAY}.id}`;
export const EGRESS = "opentelekomcloud_vpc_eip_v1.Nat_Egress_C6E47A31";
export const WEB = "opentelekomcloud_vpc_eip_v1.Nat_Web_AA62074C";

/** A network with a gateway `Nat` in it that has two EIPs, `Egress` and `Web`. */
export function gateway(props: Partial<InternetNatGatewayProps> = {}, { id, app }: { id?: string; app?: App } = {}) {
  const net = network(id, app);
  const nat = new InternetNatGateway(net.stack, "Nat", { vpc: net.vpc, subnet: net.natSubnet, ...props });
  return { ...net, nat, egress: nat.addEip("Egress"), web: nat.addEip("Web") };
}

/** How many resources of each type a gateway makes, without the VPC and the subnets of the fixture. */
export function gatewayCounts(stack: TerraformStack): Record<string, number> {
  const fixture = ["opentelekomcloud_vpc_v1", "opentelekomcloud_vpc_subnet_v1"];
  return Object.fromEntries(Object.entries(counts(stack)).filter(([type]) => !fixture.includes(type)));
}
