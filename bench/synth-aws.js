// N gateways of AWS, each with an EIP and a route.
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");

module.exports = { library, raw };

function makeProvider(stack) {
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
}

function library(stack, count) {
  makeProvider(stack);
  const { InternetNatGateway } = require("cdktf-nat/aws");
  const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16" };
  for (let index = 0; index < count; index++) {
    const subnet = { id: `subnet-${index}`, cidrBlock: `10.0.${index >> 4}.${(index % 16) * 16}/28` };
    const nat = new InternetNatGateway(stack, `Nat${index}`, { vpc, subnet });
    nat.addRoute("Out", { routeTableId: `rtb-${index}` });
  }
}

function raw(stack, count) {
  makeProvider(stack);
  const { Eip } = require("@cdktf/provider-aws/lib/eip");
  const { NatGateway } = require("@cdktf/provider-aws/lib/nat-gateway");
  const { Route } = require("@cdktf/provider-aws/lib/route");
  for (let index = 0; index < count; index++) {
    const name = `bench-Nat${index}`;
    const eip = new Eip(stack, `Eip${index}`, {
      domain: "vpc",
      tags: { Name: `${name}-PrimaryEip` },
      lifecycle: { createBeforeDestroy: true },
    });
    const gateway = new NatGateway(stack, `Nat${index}`, {
      connectivityType: "public",
      subnetId: `subnet-${index}`,
      allocationId: eip.allocationId,
      secondaryAllocationIds: [],
      tags: { Name: name },
    });
    new Route(stack, `Out${index}`, {
      routeTableId: `rtb-${index}`,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: gateway.id,
    });
  }
}
