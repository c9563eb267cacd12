// A changed Terraform address destroys and creates what a user has in production. The list of addresses of a fixed
// stack is committed; a wanted change is written there by UPDATE_ADDRESSES=1, and is a breaking one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { DnatEntry, InternetNatGateway, SharedBandwidth, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
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
  return Object.keys(resources(stack)).sort();
}

describe("the Terraform addresses of each construct", () => {
  it("are those in addresses.txt; a wanted change is written there by UPDATE_ADDRESSES=1", () => {
    const found = `${addressesOfAlicloud().join("\n")}\n`;
    if (process.env.UPDATE_ADDRESSES === "1") writeFileSync(LIST, found);
    expect(found).toBe(existsSync(LIST) ? readFileSync(LIST, "utf8") : "");
  });
});
