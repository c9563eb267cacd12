import { TerraformOutput, Testing } from "cdktf";
import { Construct } from "constructs";
import { DnatEntry, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { NatGateway } from "cdktf-nat/alicloud/bindings/nat-gateway";
import { SecurityGroup } from "cdktf-nat/alicloud/bindings/security-group";
import { counts, gateway, mistakes, network, resources, resourcesOf, synth } from "../support/stacks";

describe("constructs of the library beside others", () => {
  it("give the bare resources to whoever needs an escape hatch", () => {
    const { stack, nat, egress, workers } = gateway();
    const entry = new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    const types = [nat, egress, entry].map(({ node }) => node.findChild("Resource").constructor.name);
    expect(types).toEqual(["NatGateway", "EipAddress", "SnatEntry"]);
    const resource = nat.node.findChild("Resource") as NatGateway;
    resource.putTimeouts({ create: "20m" });
    expect(resourcesOf(stack, "alicloud_nat_gateway")).toEqual({
      "alicloud_nat_gateway.Nat_74B082C8": expect.objectContaining({ timeouts: { create: "20m" } }) as unknown,
    });
  });

  it("keep the gateway's reference to its placement when a user gives that an id of his own", () => {
    const { stack, nat } = gateway();
    const placement = nat.node.findChild("Placement") as unknown as { overrideLogicalId(id: string): void };
    placement.overrideLogicalId("mine");
    const all = resources(stack);
    expect(all["alicloud_nat_gateway.Nat_74B082C8"]!.lifecycle).toEqual({
      replace_triggered_by: ["terraform_data.mine"],
    });
    expect(Object.keys(all)).toContain("terraform_data.mine");
  });

  it("lie in scopes of the user, entries apart from their gateway", () => {
    const { app, stack, vpc, natVswitch, workers } = network();
    const platform = new Construct(stack, "Platform");
    const team = new Construct(new Construct(stack, "Teams"), "Web");
    const nat = new InternetNatGateway(platform, "Nat", { vpc, vswitch: natVswitch });
    const eip = nat.addEip("Egress");
    new SnatEntry(team, "Out", { nat, source: SnatSource.vswitch(workers), eips: [eip] });
    new DnatEntry(team, "In", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" });
    expect(mistakes(app)).toEqual([]);
    expect(Object.keys(resources(stack)).filter((address) => !/_(vpc|vswitch)\./.test(address))).toEqual([
      "alicloud_eip_address.Platform_Nat_Egress_FF390BC4",
      "alicloud_eip_association.Platform_Nat_Egress_Association_A1367AA6",
      "alicloud_forward_entry.Teams_Web_In_757CD54D",
      "alicloud_nat_gateway.Platform_Nat_C622A9AD",
      "alicloud_snat_entry.Teams_Web_Out_90FF0820",
      "terraform_data.Platform_Nat_Placement_110CCD1F",
    ]);
  });

  it("live beside a gateway that is written by hand, and stacks beside each other", () => {
    const app = Testing.app();
    const { stack, vpc } = gateway({}, { id: "one", app });
    gateway({}, { id: "two", app });
    new NatGateway(stack, "ByHand", { vpcId: vpc.id, natType: "Enhanced" });
    expect(mistakes(app)).toEqual([]);
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 2,
      terraform_data: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
    });
  });

  it("take a network and a security group of another stack of the app", () => {
    const app = Testing.app();
    const owner = network("owner", app);
    const group = new SecurityGroup(owner.stack, "Group", {});
    const { stack } = network("user", app);
    const nat = new InternetNatGateway(stack, "Nat", { vpc: owner.vpc, vswitch: owner.natVswitch });
    const eip = nat.addEip("Egress");
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(owner.workers), eips: [eip] });
    new DnatEntry(stack, "In", {
      ...{ nat, eip, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" },
      backendSecurityGroupId: group.id,
    });
    nat.addRoute("Route", { routeTableId: owner.vpc.routeTableId, systemTable: "has-default-route" });
    expect(mistakes(app)).toEqual([]);
    const outputs = "${data.terraform_remote_state.cross-stack-reference-input-owner.outputs.cross-stack-output-";
    expect(resources(stack)["alicloud_snat_entry.Out_B8D7CCDD"]!.source_vswitch_id).toBe(
      `${outputs}alicloud_vswitchWorkersid}`,
    );
    expect(
      Object.values(resourcesOf(stack, "alicloud_security_group_rule")).map((rule) => rule.security_group_id),
    ).toEqual([`${outputs}alicloud_security_groupGroupid}`]);
  });

  it("take an entry in another stack by way of fromAttributes, and refuse it otherwise", () => {
    const app = Testing.app();
    const owner = gateway({}, { id: "owner", app });
    const { nat, egress } = owner;
    const user = network("user", app);
    const source = SnatSource.vswitch(user.workers);
    expect(() => new SnatEntry(user.stack, "Direct", { nat, source, eips: [egress] })).toThrow(
      '[user/Direct] nat: must be in the same stack ("user"), got "owner/Nat"; take the NAT into this stack with ' +
        "fromAttributes, or move the entry beside its NAT",
    );
    const { natGatewayId, snatTableId, forwardTableId } = nat;
    const ids = { natGatewayId, snatTableId, forwardTableId };
    const adopted = InternetNatGateway.fromAttributes(user.stack, "Nat", { ...ids, vpc: owner.vpc });
    const { allocationId, publicIp } = egress;
    const eip = adopted.importEip("Egress", { allocationId, publicIp });
    new SnatEntry(user.stack, "Out", { nat: adopted, source, eips: [eip] });
    expect(mistakes(app)).toEqual([]);
    const outputs = "${data.terraform_remote_state.cross-stack-reference-input-owner.outputs.cross-stack-output-";
    expect(resources(user.stack)["alicloud_snat_entry.Out_B8D7CCDD"]).toEqual({
      snat_table_id: `${outputs}alicloud_nat_gatewayNat_74B082C8snat_table_ids}`,
      source_vswitch_id: "${alicloud_vswitch.Workers.id}",
      snat_ip: `${outputs}alicloud_eip_addressNat_Egress_C6E47A31ip_address}`,
      eip_affinity: 0,
      snat_entry_name: "user-Out",
      timeouts: { create: "30m", update: "30m", delete: "30m" },
    });
  });

  it("can be waited for, by all that traffic needs", () => {
    const { stack, nat, egress, workers } = gateway();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    nat.addRoute("Route", { routeTableId: "vtb-1" });
    new SecurityGroup(stack, "Later", { dependsOn: [...nat.dependables] });
    expect(resources(stack)["alicloud_security_group.Later"]!.depends_on).toEqual([
      "alicloud_eip_association.Nat_Egress_Association_5DE19D5C",
      "alicloud_eip_association.Nat_Web_Association_5ACEC31D",
      "alicloud_snat_entry.Out_B8D7CCDD",
      "alicloud_route_entry.Nat_Route_EECDC467",
    ]);
  });

  it("refuse to wait for what lies in another stack", () => {
    const { app, vpc: foreign } = network("owner");
    const { stack, nat } = gateway({}, { app });
    expect(() => nat.addEip("New", { dependsOn: [foreign] })).toThrow(
      '[stack/Nat/New] dependsOn[0]: must be in the same stack ("stack"), got "owner/Vpc"; let the whole stack wait: ' +
        'stack.addDependency(the stack "owner")',
    );
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 1,
      terraform_data: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
    });
  });

  it("give outputs their references", () => {
    const { stack, nat, egress } = gateway();
    new TerraformOutput(stack, "ip", { value: egress.publicIp });
    new TerraformOutput(stack, "ips", { value: nat.publicIps });
    expect(synth(stack).output).toEqual({
      ip: { value: "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}" },
      ips: {
        value: [
          "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}",
          "${alicloud_eip_address.Nat_Web_AA62074C.ip_address}",
        ],
      },
    });
  });
});
