import type { SnatEntry as SnatEntryResource } from "cdktf-nat/alicloud/bindings/snat-entry";
import { AlicloudMultiEip } from "../../examples/alicloud-multi-eip/stack";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

const PAYMENTS = ["Payments1", "Payments2", "Payments3"];
let eips = [...PAYMENTS];
beforeEach(() => {
  eips = [...PAYMENTS];
});

describeExample({
  name: "alicloud-multi-eip",
  makeStack: (app) => new AlicloudMultiEip(app, "alicloud-multi-eip", eips),
  breakOffs: ["call refused"],
  tests: (example) => {
    it("changes EIPs and affinity of an SNAT entry in place", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const entry = stack.workersOut.node.findChild("Resource") as SnatEntryResource;
        const [first, second] = stack.payments;
        entry.snatIp = `${first?.publicIp ?? ""},${second?.publicIp ?? ""}`;
        entry.eipAffinity = 0;
      });
      expect(await deployment.plan()).toEqual(planned({ update: ["alicloud_snat_entry.WorkersOut"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("uses the shared bandwidth for the EIPs of the spread entry", () => {
      const { simulator } = example();
      const eips = simulator.cloud().filter(({ type }) => type === "EipAddress");
      const shared = eips.filter(({ attributes }) => Boolean(attributes.BandwidthPackageId));
      expect(shared.map(({ attributes }) => attributes.Name).sort()).toEqual([
        "alicloud-multi-eip-Nat-Payments1",
        "alicloud-multi-eip-Nat-Payments2",
        "alicloud-multi-eip-Nat-Payments3",
      ]);
    });

    it("adds an EIP to an existing SNAT entry, with a second apply at the latest", async () => {
      const { deployment } = example();
      eips.push("Payments4");
      await deployment.synthesize();
      const { exitCode, stderr } = await deployment.tryApply();
      if (exitCode !== 0) expect(stderr).toContain("OperationUnsupported.EipInBinding");
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
