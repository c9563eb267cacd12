// A changed Terraform address destroys and creates what a user has in production. The list of addresses of a fixed
// stack is committed; a wanted change is written there by UPDATE_ADDRESSES=1, and is a breaking one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import {
  DnatEntry,
  InternetNatGateway,
  SelfHostedNatInstance,
  SharedBandwidth,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/alicloud";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import * as aws from "cdktf-nat/aws";
import * as opentelekomcloud from "cdktf-nat/opentelekomcloud";
import { TOPIC as SMN_TOPIC } from "../opentelekomcloud/gateway";
import { network as opentelekomcloudNetwork } from "../opentelekomcloud/host";
import { awsNetwork, TOPIC } from "../support/aws-stacks";
import { network, resources } from "../support/stacks";

const LIST = join(__dirname, "addresses.txt");

/** Every construct of the library on Alibaba Cloud, in every form that makes other resources. */
function addressesOfAlicloud(): readonly string[] {
  const { stack, vpc, natVswitch, workers } = network();
  const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch });
  const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
  const egress = nat.addEip("Egress", { sharedBandwidth });
  const web = nat.addEip("Web", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
  new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
  new DnatEntry(stack, "In", {
    ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" },
    ...{ backendSecurityGroupId: "sg-1", allowFrom: ["198.51.100.0/24"] },
  });
  nat.addRoute("Route", { routeTableId: "vtb-1" });
  nat.addAlarms("Alarms", { contactGroups: ["ops"] });

  const ids = { natGatewayId: "ngw-1", snatTableId: "stb-1", forwardTableId: "ftb-1" };
  const adopted = InternetNatGateway.fromAttributes(stack, "Adopted", { ...ids, vpc });
  const old = adopted.importEip("Old", { allocationId: "eip-2", publicIp: "203.0.113.8" });
  adopted.addEip("New");
  const scope = new Construct(stack, "Team");
  new SnatEntry(scope, "Out", { nat: adopted, source: SnatSource.vpc(vpc), eips: [old] });
  new DnatEntry(scope, "In", { nat: adopted, eip: old, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.5" });
  adopted.addRoute("Route", { routeTableId: "vtb-2" });
  adopted.addAlarms("Alarms", { contactGroups: ["ops"] });

  const sshFrom = ["198.51.100.0/24"];
  const zone = { vpcId: vpc.id, zoneId: "eu-central-1a" };
  const inside = new Vswitch(stack, "Inside", { ...zone, cidrBlock: "10.0.4.0/24" });
  for (const [id, privateInterface] of [
    ["Host", undefined],
    ["HeadNode", { vswitch: inside }],
  ] as const) {
    const host = new SelfHostedNatInstance(stack, id, { vpc, vswitch: natVswitch, privateInterface, sshFrom });
    const first = host.addEip("Egress", { sharedBandwidth });
    const further = host.addEip("Web", { privateIp: id === "Host" ? "10.0.0.11" : "10.0.0.12" });
    const entries = new Construct(stack, `${id}Entries`);
    new SnatEntry(entries, "Out", { nat: host, source: SnatSource.vswitch(workers), eips: [first] });
    new DnatEntry(entries, "In", { nat: host, eip: further, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.6" });
    host.addRoute("Route", { routeTableId: `vtb-${id}` });
    host.addAlarms("Alarms", { contactGroups: ["ops"] });
  }
  SelfHostedNatInstance.fromAttributes(stack, "OldHost", { networkInterfaceId: "eni-1", vpc }).addRoute("Route", {
    routeTableId: "vtb-3",
  });
  return Object.keys(resources(stack)).sort();
}

/** Every construct of the library on AWS, in every form that makes other resources. */
function addressesOfAws(): readonly string[] {
  const { stack, vpc, publicSubnet: subnet, workers } = awsNetwork();
  const existing = { allocationId: "eipalloc-1", publicIp: "203.0.113.7" };
  const nat = new aws.InternetNatGateway(stack, "Nat", { vpc, subnet, limits: { eips: 3 } });
  nat.addEip("Second");
  nat.addEip("Third", { existing });
  nat.addRoute("Route", { routeTableId: "rtb-1" });
  nat.addAlarms("Alarms", { snsTopicArns: [TOPIC], idleTimeouts: 1000 });
  new aws.InternetNatGateway(stack, "Private", { vpc, subnet, connectivity: "private" });
  const adopted = aws.InternetNatGateway.fromAttributes(stack, "Adopted", { natGatewayId: "nat-1", vpc });
  adopted.addRoute("Route", { routeTableId: "rtb-2" });
  adopted.addAlarms("Alarms", { snsTopicArns: [TOPIC] });

  const sshFrom = ["198.51.100.0/24"];
  for (const [id, form] of [
    ["Host", {}],
    ["HeadNode", { privateInterface: { subnet: workers } }],
    ["Group", { recovery: "auto-scaling" }],
  ] as const) {
    const host = new aws.SelfHostedNatInstance(stack, id, { vpc, subnet, privateIp: "10.0.0.10", sshFrom, ...form });
    const first = host.addEip("Egress");
    const further = host.addEip("Web", { privateIp: "10.0.0.11" });
    const entries = new Construct(stack, `${id}Entries`);
    new aws.SnatEntry(entries, "Out", { nat: host, source: aws.SnatSource.subnet(workers), eips: [first] });
    new aws.DnatEntry(entries, "In", {
      ...{ nat: host, eip: further, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.6" },
      ...{ backendSecurityGroupId: "sg-1", allowFrom: ["198.51.100.0/24"] },
    });
    host.addRoute("Route", { routeTableId: `rtb-${id}` });
    host.addAlarms("Alarms", { snsTopicArns: [TOPIC], agentNamespace: "CWAgent" });
  }
  aws.SelfHostedNatInstance.fromAttributes(stack, "OldHost", { networkInterfaceId: "eni-1", vpc }).addRoute("Route", {
    routeTableId: "rtb-3",
  });
  return Object.keys(resources(stack)).sort();
}

/** Every construct of the library on Open Telekom Cloud, in every form that makes other resources. */
function addressesOfOpenTelekomCloud(): readonly string[] {
  const { DnatEntry, InternetNatGateway, SelfHostedNatInstance, SharedBandwidth, SnatEntry, SnatSource } =
    opentelekomcloud;
  const { stack, vpc, natSubnet: subnet, workers } = opentelekomcloudNetwork();
  const nat = new InternetNatGateway(stack, "Nat", { vpc, subnet });
  const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
  const egress = nat.addEip("Egress", { sharedBandwidth });
  const web = nat.addEip("Web");
  const bastion = nat.addEip("Bastion", { existing: { eipId: "eip-1", publicIp: "203.0.113.7" } });
  new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
  new DnatEntry(stack, "In", {
    ...{ nat, eip: web, protocol: "tcp", publicPort: "7000-7001", privateIp: "10.0.1.4" },
    ...{ backendSecurityGroupId: "sg-1", allowFrom: ["198.51.100.0/24"] },
  });
  new DnatEntry(stack, "AnyPort", { nat, eip: bastion, protocol: "any", portId: "port-1" });
  nat.addRoute("Route", { vpcId: vpc.id });
  nat.addAlarms("Alarms", { topicUrns: [SMN_TOPIC] });

  const adopted = InternetNatGateway.fromAttributes(stack, "Adopted", { natGatewayId: "nat-1", vpc });
  const old = adopted.importEip("Old", { eipId: "eip-2", publicIp: "203.0.113.8" });
  adopted.addEip("New");
  const scope = new Construct(stack, "Team");
  new SnatEntry(scope, "Out", { nat: adopted, source: SnatSource.cidr("10.0.2.0/24"), eips: [old] });
  adopted.addAlarms("Alarms", { topicUrns: [SMN_TOPIC] });

  const hostVpc = { id: "vpc-2", cidr: "10.0.0.0/16" };
  const sshFrom = ["198.51.100.0/24"];
  const host = new SelfHostedNatInstance(stack, "Host", { vpc: hostVpc, subnet, privateIp: "10.0.0.10", sshFrom });
  const first = host.addEip("Egress", { sharedBandwidth });
  const further = host.addEip("Web", { privateIp: "10.0.0.11" });
  const entries = new Construct(stack, "HostEntries");
  new SnatEntry(entries, "Out", { nat: host, source: SnatSource.subnet(workers), eips: [first] });
  new DnatEntry(entries, "In", { nat: host, eip: further, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.6" });
  host.addRoute("Route", { vpcId: hostVpc.id });
  host.addAlarms("Alarms", { topicUrns: [SMN_TOPIC] });
  return Object.keys(resources(stack)).sort();
}

describe("the Terraform addresses of each construct", () => {
  it("are those in addresses.txt; a wanted change is written there by UPDATE_ADDRESSES=1", () => {
    const found = `${[...addressesOfAlicloud(), ...addressesOfAws(), ...addressesOfOpenTelekomCloud()].join("\n")}\n`;
    if (process.env.UPDATE_ADDRESSES === "1") writeFileSync(LIST, found);
    expect(found).toBe(existsSync(LIST) ? readFileSync(LIST, "utf8") : "");
  });
});
