import type { TerraformStack } from "cdktf";
import { SelfHostedNatInstance, type SelfHostedNatInstanceProps } from "cdktf-nat/aws";
import { type AwsNetwork, awsNetwork } from "./aws-stacks";
import { resourcesOf, synth } from "./stacks";

export const MACHINE = "aws_instance.Nat_74B082C8";
export const GROUP_OF_ONE = "aws_autoscaling_group.Nat_74B082C8";
export const TEMPLATE = "aws_launch_template.Nat_LaunchTemplate_AED312E3";
export const NIC = "aws_network_interface.Nat_NetworkInterface_61177B36";
export const PRIVATE_NIC = "aws_network_interface.Nat_PrivateNetworkInterface_88EB2E0E";
export const ADDRESSES = "terraform_data.Nat_NetworkInterface_Addresses_4B6CB5E1";
export const GROUP = "aws_security_group.Nat_SecurityGroup_5BE013B8";
export const TRIGGER = "terraform_data.Nat_Configuration_B4CAF3B3";
export const IMAGE = "Nat_Image_9D922362";
export const TEXT = "Nat_UserData_6B081D46";
export const EGRESS = "aws_vpc_security_group_egress_rule.Nat_SecurityGroup_egress-all--1--1-f4791ae0_B8F132B1";
export const PING = "aws_vpc_security_group_ingress_rule.Nat_SecurityGroup_icmp--1--1-f4791ae0_15C78BB6";
export const ROLE = "aws_iam_role.Nat_SessionManager_Role_FE1DD0FA";
export const POLICY = "aws_iam_role_policy_attachment.Nat_SessionManager_Policy_BC249760";
export const PROFILE = "aws_iam_instance_profile.Nat_SessionManager_67F44D0A";

export const EXISTING = { allocationId: "eipalloc-1", publicIp: "203.0.113.7" };
export const FURTHER = { allocationId: "eipalloc-2", publicIp: "203.0.113.8" };

type Fixture = AwsNetwork & { readonly nat: SelfHostedNatInstance };

/** A network with a host `Nat` in it that has no EIP. */
export function bareHost(props: Partial<SelfHostedNatInstanceProps> = {}, net = awsNetwork()): Fixture {
  const nat = new SelfHostedNatInstance(net.stack, "Nat", { vpc: net.vpc, subnet: net.publicSubnet, ...props });
  return { ...net, nat };
}

/** A host with a private address that is known, and two EIPs that exist already: everything is known at synth. */
export function host(props: Partial<SelfHostedNatInstanceProps> = {}, net = awsNetwork()) {
  const bare = bareHost({ privateIp: "10.0.0.10", ...props }, net);
  const egress = bare.nat.addEip("Egress", { existing: EXISTING });
  const web = bare.nat.addEip("Web", { existing: FURTHER, privateIp: "10.0.0.11" });
  return { ...bare, egress, web };
}

/** The text that the machine gets, references in it as Terraform reads them. */
export function text(stack: TerraformStack): string {
  const locals = synth(stack).locals as Record<string, string>;
  return locals[TEXT]!.replace(/([$%])\1\{/g, "$1{");
}

/** The ingress rules of the NAT's security group, without the ping, by protocol, ports and block. */
export function letIn(stack: TerraformStack): readonly string[] {
  return Object.entries(resourcesOf(stack, "aws_vpc_security_group_ingress_rule"))
    .filter(([address]) => address.includes("Nat_SecurityGroup_") && address !== PING)
    .map(([, rule]) => [rule.ip_protocol, rule.from_port, rule.to_port, rule.cidr_ipv4].join(" "))
    .sort();
}
