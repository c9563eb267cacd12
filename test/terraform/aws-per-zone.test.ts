// terraform-aws-modules/terraform-aws-vpc #106, #186, #506, #1018: gateways that are counted are recreated, with other
// public addresses, when a zone comes in between.
import type { App } from "cdktf";
import type { InternetNatGateway } from "cdktf-nat/aws";
import { AwsPerZone, ZONES } from "../../examples/aws-per-zone/stack";
import type { Zone } from "../../examples/aws-per-zone/stack";
import { describeAwsExample } from "../support/aws-example";
import type { DeployedAwsExample } from "../support/aws-example";
import { planned } from "../support/example";

jest.setTimeout(600_000);

const BETWEEN: Zone = { name: "eu-central-1b", publicCidr: "10.0.1.0/24", privateCidr: "10.0.32.0/20" };

/** The zones of the deployment, which a test changes. */
let zones: readonly Zone[] = ZONES;

/** What must be the same whatever becomes of other zones. */
async function lasting({ deployment }: DeployedAwsExample<AwsPerZone>) {
  const resources = await deployment.resources();
  return ZONES.map(({ name }) => {
    const value = (type: string, id: string) => resources.get(`${type}.${name}_${id}`);
    return {
      gateway: [value("aws_nat_gateway", "Nat")?.id, value("aws_nat_gateway", "Nat")?.private_ip],
      eip: [value("aws_eip", "Nat_PrimaryEip")?.id, value("aws_eip", "Nat_PrimaryEip")?.public_ip],
      route: [value("aws_route", "Nat_WorkersRoute")?.id, value("aws_route", "Nat_WorkersRoute")?.nat_gateway_id],
    };
  });
}

const IN_BETWEEN = [
  "aws_cloudwatch_metric_alarm.eu-central-1b_Nat_Alarms_Bandwidth",
  "aws_cloudwatch_metric_alarm.eu-central-1b_Nat_Alarms_Connections",
  "aws_cloudwatch_metric_alarm.eu-central-1b_Nat_Alarms_DroppedPackets",
  "aws_cloudwatch_metric_alarm.eu-central-1b_Nat_Alarms_PortAllocationErrors",
  "aws_eip.eu-central-1b_Nat_PrimaryEip",
  "aws_nat_gateway.eu-central-1b_Nat",
  "aws_route.eu-central-1b_Nat_WorkersRoute",
  "aws_route_table.eu-central-1b_WorkersTable",
  "aws_route_table_association.eu-central-1b_NatSubnetTable",
  "aws_route_table_association.eu-central-1b_WorkersTableAssociation",
  "aws_subnet.eu-central-1b_NatSubnet",
  "aws_subnet.eu-central-1b_Workers",
];

function addSecondEip(stack: AwsPerZone): void {
  const nat = stack.node.findChild("eu-central-1a").node.findChild("Nat") as InternetNatGateway;
  nat.addEip("Second");
}

describeAwsExample({
  name: "aws-per-zone",
  makeStack: (app: App) => new AwsPerZone(app, "aws-per-zone", zones),
  tests: (example) => {
    it("adds a zone between the others, which are left alone", async () => {
      const { deployment } = example();
      zones = [ZONES[0]!, BETWEEN, ...ZONES.slice(1)];
      await deployment.synthesize();
      expect(await deployment.plan()).toEqual(planned({ create: IN_BETWEEN }));
    });

    it("gives a gateway a second EIP in place, in the same apply as the new zone", async () => {
      const { deployment } = example();
      const before = await lasting(example());
      await deployment.synthesize(addSecondEip);
      expect(await deployment.plan()).toEqual(
        planned({
          create: [...IN_BETWEEN, "aws_eip.eu-central-1a_Nat_Second"].sort(),
          update: [
            // Twice as many connections are possible.
            "aws_cloudwatch_metric_alarm.eu-central-1a_Nat_Alarms_Connections",
            "aws_nat_gateway.eu-central-1a_Nat",
          ],
        }),
      );
      await deployment.apply();
      expect(await lasting(example())).toEqual(before);
      const resources = await deployment.resources();
      expect(resources.get("aws_nat_gateway.eu-central-1a_Nat")?.secondary_allocation_ids).toEqual([
        resources.get("aws_eip.eu-central-1a_Nat_Second")?.id,
      ]);
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("takes the second EIP away in place, and the zone, and leaves the others alone", async () => {
      const { deployment } = example();
      const before = await lasting(example());
      zones = ZONES;
      await deployment.synthesize();
      expect(await deployment.plan()).toEqual(
        planned({
          update: [
            "aws_cloudwatch_metric_alarm.eu-central-1a_Nat_Alarms_Connections",
            "aws_nat_gateway.eu-central-1a_Nat",
          ],
          delete: [...IN_BETWEEN, "aws_eip.eu-central-1a_Nat_Second"].sort(),
        }),
      );
      await deployment.apply();
      expect(await lasting(example())).toEqual(before);
      const gateway = (await deployment.resources()).get("aws_nat_gateway.eu-central-1a_Nat");
      expect(gateway?.secondary_allocation_ids).toEqual([]);
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
