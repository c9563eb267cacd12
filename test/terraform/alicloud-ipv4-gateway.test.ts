import type { NatGateway } from "cdktf-nat/alicloud/bindings/nat-gateway";
import { AlicloudIpv4Gateway } from "../../examples/alicloud-ipv4-gateway/stack";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

describeExample({
  name: "alicloud-ipv4-gateway",
  makeStack: (app) => new AlicloudIpv4Gateway(app, "alicloud-ipv4-gateway"),
  breakOffs: ["call refused"],
  tests: (example) => {
    it("switches the gateway's ping replies off in place", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        (stack.nat.node.findChild("Resource") as NatGateway).icmpReplyEnabled = false;
      });
      expect(await deployment.plan()).toEqual(planned({ update: ["alicloud_nat_gateway.Nat"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("adds a route and touches nothing else", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        stack.nat.addRoute("MoreRoute", { routeTableId: stack.workersTableId, destinationCidr: "192.0.2.0/24" });
      });
      expect(await deployment.plan()).toEqual(planned({ create: ["alicloud_route_entry.Nat_MoreRoute"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
