import type { ForwardEntry } from "cdktf-nat/alicloud/bindings/forward-entry";
import { DnatEntry } from "cdktf-nat/alicloud";
import { AlicloudDnat } from "../../examples/alicloud-dnat/stack";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

describeExample({
  name: "alicloud-dnat",
  makeStack: (app) => new AlicloudDnat(app, "alicloud-dnat"),
  breakOffs: ["call refused"],
  tests: (example) => {
    it("lets the clients of each entry in, and no others", () => {
      const { simulator } = example();
      const rules = simulator.cloud().filter(({ type }) => type === "SecurityGroupRule");
      expect(rules.map(({ attributes: { IpProtocol, PortRange, CidrIp } }) => [IpProtocol, PortRange, CidrIp])).toEqual(
        expect.arrayContaining([
          ["tcp", "22/22", "198.51.100.0/24"],
          ["tcp", "80/80", "0.0.0.0/0"],
        ]),
      );
      expect(rules).toHaveLength(2);
    });

    it("moves a public port in place", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        (stack.node.findChild("SshIn").node.findChild("Resource") as ForwardEntry).externalPort = "2022";
      });
      expect(await deployment.plan()).toEqual(planned({ update: ["alicloud_forward_entry.SshIn"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("adds an entry whose security group rule exists already: one resource more", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const eip = stack.nat.addEip("Second");
        const { securityGroupId } = stack;
        new DnatEntry(stack, "OtherIn", {
          nat: stack.nat,
          eip,
          protocol: "tcp",
          publicPort: 80,
          privateIp: "172.16.1.99",
          backendSecurityGroupId: securityGroupId,
        });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [
            "alicloud_eip_address.Nat_Second",
            "alicloud_eip_association.Nat_Second_Association",
            "alicloud_forward_entry.OtherIn",
          ],
        }),
      );
    });
  },
});
