// What the lab loads elsewhere is rendered by renderHost out of values that are known. Here it is the very user data that
// a stack of the library gives to its machine, written by Terraform.
import type { App } from "cdktf";
import { AlicloudSelfHosted } from "../../examples/alicloud-self-hosted/stack";
import { AwsSelfHostedDnat } from "../../examples/aws-self-hosted-dnat/stack";
import { describeMoto, describeTerraform } from "../support/terraform-layer";
import { EXAMPLE, SERVICES } from "./deployed-flows";
import { bootInLab, type HostInLab } from "./deployed-lab";
import { OpenTelekomCloudServices } from "./opentelekomcloud-services";
import { describeLab } from "./tools";

/** The private addresses of the EIPs of aws-self-hosted-dnat, beside the host's own. */
const WEB = "10.0.0.11";
const DESK = "10.0.0.12";

describeTerraform("a deployed host", () => {
  describeLab("of Alibaba Cloud, as the example has it", () => {
    const host = bootInLab((app) => new AlicloudSelfHosted(app, "example"), { further: { WEB } });

    passes(host, EXAMPLE);
  });

  describeLab("of Open Telekom Cloud, whose further EIPs arrive at virtual IPs", () => {
    const makeStack = (app: App) => new OpenTelekomCloudServices(app, "services");
    const host = bootInLab(makeStack, { cloud: "opentelekomcloud", further: { WEB, DESK } });

    passes(host, [...EXAMPLE, ...SERVICES]);

    it("answers for the virtual IPs on the wire", () => {
      // The cloud's router asks who has them, and learns it from the host alone.
      const mac = host.lab().in("host", "cat /sys/class/net/eth0/address").trim();
      const neighbours = host.lab().in("router", "ip -4 neigh show dev host").split("\n");
      const known = neighbours.filter((line) => line.includes(mac)).map((line) => line.split(" ")[0]);
      expect(known.sort()).toEqual([host.deployed().privateIp, WEB, DESK].sort());
    });
  });
});

describeMoto("a deployed host of AWS", () => {
  describeLab("as the example has it, with an interface ens5", () => {
    const makeStack = (app: App) => new AwsSelfHostedDnat(app, "example");
    const host = bootInLab(makeStack, { cloud: "aws", further: { WEB, DESK }, nic: "ens5" });

    passes(host, [...EXAMPLE, ...SERVICES]);
  });
});

function passes(host: HostInLab, cases: typeof EXAMPLE): void {
  it.each(cases)("%s", async (...one) => {
    expect(await host.arrivals(one)).toEqual(host.expected(one));
  });
}
