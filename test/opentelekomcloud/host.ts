import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { type App, TerraformStack, Testing } from "cdktf";
import { SelfHostedNatInstance, type SelfHostedNatInstanceProps } from "cdktf-nat/opentelekomcloud";
import { counts, resourcesOf, synth } from "../support/stacks";

export const MACHINE = "opentelekomcloud_compute_instance_v2.Nat_74B082C8";

/** A stack with a provider and a network: VPC 10.0.0.0/16, subnets 10.0.0.0/24 (for the NAT) and 10.0.1.0/24. */
export function network(id = "stack", app: App = Testing.app()) {
  const stack = new TerraformStack(app, id);
  const provider = new OpentelekomcloudProvider(stack, "Otc", { region: "eu-de" });
  const vpc = new VpcV1(stack, "Vpc", { name: "main", cidr: "10.0.0.0/16" });
  const subnet = (name: string, cidr: string, gatewayIp: string) =>
    new VpcSubnetV1(stack, name, { name, vpcId: vpc.id, cidr, gatewayIp });
  const natSubnet = subnet("NatSubnet", "10.0.0.0/24", "10.0.0.1");
  const workers = subnet("Workers", "10.0.1.0/24", "10.0.1.1");
  return { app, stack, provider, vpc, natSubnet, workers };
}

/** A network with a host `Nat` in it that has no EIP. */
export function bareHost(props: Partial<SelfHostedNatInstanceProps> = {}, app?: App) {
  const net = network("stack", app);
  const nat = new SelfHostedNatInstance(net.stack, "Nat", { vpc: net.vpc, subnet: net.natSubnet, ...props });
  return { ...net, nat };
}

export const EXISTING = { eipId: "eip-1", publicIp: "203.0.113.7" };
export const FURTHER = { eipId: "eip-2", publicIp: "203.0.113.8" };

/** A host with a private address that is known, and two EIPs that exist already: everything is known at synth. */
export function host(props: Partial<SelfHostedNatInstanceProps> = {}) {
  const bare = bareHost({ privateIp: "10.0.0.10", ...props });
  const egress = bare.nat.addEip("Egress", { existing: EXISTING });
  const web = bare.nat.addEip("Web", { existing: FURTHER, privateIp: "10.0.0.11" });
  return { ...bare, egress, web };
}

/** How many resources of each type a host makes, without the VPC and the subnets of the fixture. */
export function hostCounts(stack: TerraformStack): Record<string, number> {
  const fixture = ["opentelekomcloud_vpc_v1", "opentelekomcloud_vpc_subnet_v1"];
  return Object.fromEntries(Object.entries(counts(stack)).filter(([type]) => !fixture.includes(type)));
}

/** The text that the machine gets, references in it as Terraform reads them. */
export function text(stack: TerraformStack): string {
  const [local = ""] = Object.values(synth(stack).locals as Record<string, string>);
  return local.replace(/([$%])\1\{/g, "$1{");
}

/** The rules of the NAT's security group, by direction, protocol, ports and block. */
export function groupRules(stack: TerraformStack): readonly string[] {
  return Object.values(resourcesOf(stack, "opentelekomcloud_networking_secgroup_rule_v2"))
    .map((rule) => {
      const { direction, protocol = "all", port_range_min: min = "", port_range_max: max = "" } = rule;
      return [direction, protocol, `${String(min)}-${String(max)}`, rule.remote_ip_prefix].join(" ");
    })
    .sort();
}
