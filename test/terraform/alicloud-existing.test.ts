import { DnatEntry } from "cdktf-nat/alicloud";
import { AlicloudExisting } from "../../examples/alicloud-existing/stack";
import { describeExample, planned } from "../support/example";
import { existingGateway } from "../support/simulator";

jest.setTimeout(120_000);

const existing = existingGateway();

describeExample({
  name: "alicloud-existing",
  makeStack: (app) => new AlicloudExisting(app, "alicloud-existing"),
  seed: existing,
  breakOffs: ["call refused"],
  tests: (example) => {
    it("binds the free EIP to the gateway and leaves the bound one as it is", () => {
      const { simulator } = example();
      const eips = simulator.cloud().filter(({ type }) => type === "EipAddress");
      expect(eips.map(({ id, attributes }) => [id, attributes.InstanceId])).toEqual([
        [existing.boundEip.allocationId, existing.natGatewayId],
        [existing.freeEip.allocationId, existing.natGatewayId],
      ]);
      expect(simulator.log().some(({ action }) => action === "AllocateEipAddress")).toBe(false);
    });

    it("adds an entry on the EIP that was bound before", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        new DnatEntry(stack, "ImapIn", {
          nat: stack.nat,
          eip: stack.shared,
          protocol: "tcp",
          publicPort: 993,
          privateIp: "10.0.200.25",
        });
      });
      expect(await deployment.plan()).toEqual(planned({ create: ["alicloud_forward_entry.ImapIn"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
