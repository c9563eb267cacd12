// terraform-aws-modules/terraform-aws-vpc #106, #186, #506, #1018: gateways that are counted are recreated, with other
// public addresses, when a zone comes in between.
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { InternetNatGateway } from "cdktf-nat/aws";
import { resources } from "../support/stacks";
import { awsNetwork, TOPIC } from "../support/aws-stacks";

/** One gateway in each zone, in the order of the zones. */
function gatewaysIn(zones: readonly string[]) {
  const { stack, vpc } = awsNetwork();
  for (const zone of zones) {
    const cidrBlock = `10.0.${zone.charCodeAt(0)}.0/24`;
    const subnet = new Subnet(stack, `Public-${zone}`, {
      vpcId: vpc.id,
      availabilityZone: `eu-central-1${zone}`,
      cidrBlock,
    });
    const nat = new InternetNatGateway(stack, `Nat-${zone}`, { vpc, subnet });
    nat.addEip("Second");
    nat.addRoute("Out", { routeTableId: `rtb-${zone}` });
    nat.addAlarms("Alarms", { snsTopicArns: [TOPIC] });
  }
  return resources(stack);
}

describe("one gateway in each zone", () => {
  it.each([
    [
      ["a", "b"],
      ["a", "b", "c"],
    ],
    [
      ["a", "c"],
      ["a", "b", "c"],
    ],
    [
      ["b", "c"],
      ["c", "b", "a"],
    ],
    [["a", "b", "c"], ["c"]],
  ])("from %j to %j changes nothing of those that stay", (before, after) => {
    const [old, now] = [gatewaysIn(before), gatewaysIn(after)];
    const staying = Object.keys(old).filter(
      (address) => !/(Nat|Public)-/.test(address) || after.some((zone) => address.includes(`-${zone}`)),
    );
    const kept = Object.fromEntries(staying.map((address) => [address, now[address]]));
    expect(kept).toEqual(Object.fromEntries(staying.map((address) => [address, old[address]])));
    const gateways = Object.keys(now).filter((address) => address.startsWith("aws_nat_gateway."));
    expect(gateways).toHaveLength(after.length);
    expect(staying.filter((address) => address.startsWith("aws_nat_gateway."))).toHaveLength(
      before.filter((zone) => after.includes(zone)).length,
    );
  });
});
