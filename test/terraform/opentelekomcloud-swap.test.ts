// The steps of docs/opentelekomcloud.md from a gateway to a host and back.
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  DnatEntry,
  InternetNatGateway,
  SelfHostedNatInstance,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/opentelekomcloud";
import { Deployment } from "../support/deployment";
import { planned } from "../support/example";
import { startSimulator } from "../support/simulator";
import type { Simulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(120_000);

/** A step on the way from one kind to the other. */
interface Step {
  readonly kind: "gateway" | "host";
  readonly entries: boolean;
  readonly route: boolean;
}

const WHOLE_GATEWAY: Step = { kind: "gateway", entries: true, route: true };
const WHOLE_HOST: Step = { kind: "host", entries: true, route: true };
const EIPS = ["opentelekomcloud_vpc_eip_v1.Nat_Egress", "opentelekomcloud_vpc_eip_v1.Nat_Web"];

class Swapped extends TerraformStack {
  constructor(scope: Construct, { kind, entries, route }: Step) {
    super(scope, "swapped");
    new OpentelekomcloudProvider(this, "Otc", { region: "eu-de" });
    const vpc = new VpcV1(this, "Vpc", { name: "swapped", cidr: "10.0.0.0/16" });
    const subnetOf = (id: string, cidr: string, gatewayIp: string) =>
      new VpcSubnetV1(this, id, { name: id, vpcId: vpc.id, cidr, gatewayIp });
    const subnet = subnetOf("NatSubnet", "10.0.0.0/24", "10.0.0.1");
    const workers = subnetOf("Workers", "10.0.1.0/24", "10.0.1.1");

    const nat =
      kind === "gateway"
        ? new InternetNatGateway(this, "Nat", { vpc, subnet })
        : new SelfHostedNatInstance(this, "Nat", { vpc, subnet });
    const egress = nat.addEip("Egress");
    const web = nat.addEip("Web", { privateIp: "10.0.0.11" });
    if (entries) {
      new SnatEntry(this, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
      new DnatEntry(this, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    }
    if (route) nat.addRoute("Route", { vpcId: vpc.id, dependsOn: nat.dependables });
  }
}

describeTerraform("a gateway and a host of Open Telekom Cloud, swapped", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ cloud: "opentelekomcloud", timeScale: 400 });
  });
  afterAll(() => simulator.stop());

  it.each<[string, Step, readonly Step[], string]>([
    ["host", WHOLE_GATEWAY, [{ ...WHOLE_GATEWAY, entries: false }, WHOLE_HOST], "ecs"],
    [
      "gateway",
      WHOLE_HOST,
      [{ ...WHOLE_HOST, route: false }, { ...WHOLE_GATEWAY, entries: false }, WHOLE_GATEWAY],
      "nat",
    ],
  ])(
    "becomes a %s by the documented applies, and the EIPs keep their addresses",
    async (_, first, steps, routeType) => {
      await simulator.reset([]);
      let step = first;
      const deployment = new Deployment(simulator, (app) => new Swapped(app, step));
      try {
        await deployment.synthesize();
        await deployment.apply();
        const before = await deployment.resources();
        for (step of steps) {
          await deployment.synthesize();
          await deployment.apply();
          expect(await deployment.plan()).toEqual(planned({}));
        }
        const after = await deployment.resources();
        for (const eip of EIPS) expect(ipOf(after.get(eip))).toBe(ipOf(before.get(eip)));
        const routes = simulator.cloud().filter(({ type }) => type === "Route");
        expect(routes.map(({ attributes }) => [attributes.destination, attributes.type])).toEqual([
          ["0.0.0.0/0", routeType],
        ]);
        await deployment.destroy();
        expect(simulator.cloud()).toEqual([]);
      } finally {
        deployment.remove();
      }
    },
  );
});

function ipOf(eip: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const [publicip] = (eip?.publicip ?? []) as readonly { readonly ip_address: string }[];
  return publicip?.ip_address;
}
