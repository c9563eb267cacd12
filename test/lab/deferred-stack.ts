import { type App, TerraformStack, TerraformVariable } from "cdktf";
import {
  AlicloudProvider,
  DnatEntry,
  SelfHostedNatInstance,
  type SelfHostedNatInstanceProps,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/alicloud";
import { EcsNetworkInterface } from "cdktf-nat/alicloud/bindings/ecs-network-interface";
import { SecurityGroup } from "cdktf-nat/alicloud/bindings/security-group";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";

/** A stack in which no address of a rule is known at synth, of all kinds of entries. */
export class DeferredStack extends TerraformStack {
  constructor(app: App, id: string, firewall: SelfHostedNatInstanceProps["firewall"]) {
    super(app, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });
    const given = (name: string, value: string) =>
      new TerraformVariable(this, name, { type: "string", default: value }).stringValue;
    const zoneId = "cn-hangzhou-i";
    const vpc = new Vpc(this, "Vpc", { vpcName: id, cidrBlock: given("vpc_cidr", "10.0.0.0/16") });
    const vswitch = (name: string, cidrBlock: string) => {
      const made = new Vswitch(this, name, { vpcId: vpc.id, zoneId, cidrBlock: given(`${name}_cidr`, cidrBlock) });
      return { id: made.id, cidrBlock: made.cidrBlock };
    };
    const clientsA = vswitch("a", "10.0.1.0/24");
    const clientsB = vswitch("b", "10.0.2.0/26");
    const group = new SecurityGroup(this, "BackendGroup", { vpcId: vpc.id, securityGroupName: "backend" });
    const backend = new EcsNetworkInterface(this, "Backend", {
      vswitchId: clientsA.id,
      primaryIpAddress: given("server", "10.0.1.10"),
      securityGroupIds: [group.id],
    }).primaryIpAddress;

    const nat = new SelfHostedNatInstance(this, "Nat", {
      firewall,
      vpc: { id: vpc.id, cidrBlock: vpc.cidrBlock },
      vswitch: vswitch("nat", "10.0.0.0/24"),
      sshFrom: [given("admins", "198.51.100.128/25")],
    });
    const one = nat.addEip("One");
    const two = nat.addEip("Two", { privateIp: given("two_ip", "10.0.0.11") });
    const three = nat.addEip("Three", { privateIp: "10.0.0.12" });
    const whole = nat.addEip("Whole", { privateIp: given("whole_ip", "10.0.0.13") });

    // The names would sort the wrong way round: the kind of the source says which one goes first.
    new SnatEntry(this, "A-vpc", {
      nat,
      source: SnatSource.vpc({ id: vpc.id, cidrBlock: vpc.cidrBlock }),
      eips: [one],
    });
    new SnatEntry(this, "B-a", { nat, source: SnatSource.vswitch(clientsA), eips: [two] });
    new SnatEntry(this, "C-b", {
      nat,
      source: SnatSource.vswitch(clientsB),
      eips: [two, three],
      eipAffinity: true,
    });
    new SnatEntry(this, "D-host", { nat, source: SnatSource.host(given("client", "10.0.1.5")), eips: [three] });
    new SnatEntry(this, "E-known", { nat, source: SnatSource.host("10.0.1.7"), eips: [one] });

    const common = { nat, eip: one, privateIp: backend };
    new DnatEntry(this, "Https", { ...common, protocol: "tcp", publicPort: 443, privatePort: 8443 });
    new DnatEntry(this, "Http", { ...common, protocol: "tcp", publicPort: 80 });
    new DnatEntry(this, "Shifted", { ...common, protocol: "udp", publicPort: "7000-7002", privatePort: "8000-8002" });
    new DnatEntry(this, "Kept", { ...common, protocol: "tcp", publicPort: "9000-9001" });
    new DnatEntry(this, "Few", {
      ...common,
      eip: two,
      protocol: "tcp",
      publicPort: 443,
      allowFrom: [given("few", "198.51.100.64/26")],
    });
    new DnatEntry(this, "Whole", { nat, eip: whole, protocol: "any", privateIp: given("whole_server", "10.0.2.12") });
  }
}
