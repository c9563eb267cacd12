import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import { forwardEntries } from "../support/simulator/alicloud/raw/objects";
import {
  ANY,
  association,
  forward,
  instanceWith,
  legacy,
  one,
  SHORT,
  snat,
  two,
} from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { freeEip } = legacy;

const REFUSALS: Record<string, Refusal> = {
  "a DNAT entry on an EIP that is not bound": {
    code: "InvalidIp.NotInNatgw",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ external_ip: freeEip.publicIp, timeouts: SHORT })),
  },
  "one public port twice": {
    code: "OperationUnsupported.DuplicatedExternalPort",
    action: "CreateForwardEntry",
    then: two("alicloud_forward_entry", forward(), forward({ internal_ip: "10.0.1.11" })),
  },
  "overlapping public ports": {
    code: "OperationUnsupported.DuplicatedExternalPort",
    action: "CreateForwardEntry",
    then: two(
      "alicloud_forward_entry",
      forward({ external_port: "10/20", internal_port: "10/20" }),
      forward({ external_port: "20/21", internal_port: "30/31" }),
    ),
  },
  "Any Port beside another DNAT entry": {
    code: "OperationFailed.AnyPortConfig",
    action: "CreateForwardEntry",
    then: two("alicloud_forward_entry", forward(), forward({ ...ANY, internal_ip: "10.0.1.11" })),
  },
  "a DNAT entry beside Any Port": {
    code: "OperationFailed.AnyPortConfig",
    action: "CreateForwardEntry",
    then: two("alicloud_forward_entry", forward(ANY), forward({ internal_ip: "10.0.1.11" })),
  },
  "Any Port on an EIP that serves SNAT": {
    code: "Forbidden.ExternalIp.UsedInSnatTable",
    action: "CreateForwardEntry",
    then: {
      alicloud_snat_entry: { a: snat() },
      alicloud_forward_entry: { a: forward({ ...ANY, depends_on: ["alicloud_snat_entry.a"] }) },
    },
  },
  "a port above 1024 on an EIP that serves SNAT": {
    code: "Forbidden.ExternalIp.UsedInSnatTable",
    action: "CreateForwardEntry",
    then: {
      alicloud_snat_entry: { a: snat() },
      alicloud_forward_entry: { a: forward({ external_port: "1025", depends_on: ["alicloud_snat_entry.a"] }) },
    },
  },
  "a protocol without its Any ports": {
    code: "OperationFailed.AnyPortConfig",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ ip_protocol: "any" })),
  },
  "one private port twice": {
    code: "OperationUnsupported.ForwardEntry",
    action: "CreateForwardEntry",
    then: two("alicloud_forward_entry", forward(), forward({ external_port: "444" })),
  },
  "a public port of 0": {
    code: "InvalidExternalPort.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ external_port: "0" })),
  },
  "a public port range written with a dash": {
    code: "InvalidExternalPort.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ external_port: "10-20", internal_port: "10/20" })),
  },
  "a private port of 65536": {
    code: "InvalidInternalPort.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ internal_port: "65536" })),
  },
  "port ranges of two sizes": {
    code: "InvalidInternalPort.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ external_port: "10/20", internal_port: "10/21" })),
  },
  "a private address outside the VPC": {
    code: "Forbidden.DestnationIpOutOfVpcCIDR",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ internal_ip: "10.1.0.1" })),
  },
  "a private address that is none": {
    code: "InvalidInternalIp.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ internal_ip: "10.0.1.256" })),
  },
  "a DNAT entry with a bad name": {
    code: "InvalidParameter.Name.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ forward_entry_name: "x" })),
  },
  "a DNAT entry to an instance with its own EIP": {
    code: "Forbindden",
    action: "CreateForwardEntry",
    then: {
      ...instanceWith(),
      alicloud_eip_association: {
        a: association({ instance_id: "${alicloud_instance.a.id}", instance_type: "EcsInstance" }),
      },
      alicloud_forward_entry: {
        a: forward({ internal_ip: "10.0.255.100", depends_on: ["alicloud_eip_association.a"] }),
      },
    },
  },
  "a 101st DNAT entry": {
    code: "QuotaExceeded",
    action: "CreateForwardEntry",
    seed: forwardEntries(100),
    then: one("alicloud_forward_entry", forward()),
  },
  "a changed DNAT entry that takes another one's port": {
    code: "OperationUnsupported.DuplicatedExternalPort",
    action: "ModifyForwardEntry",
    first: two("alicloud_forward_entry", forward(), forward({ external_port: "444", internal_port: "444" })),
    then: two("alicloud_forward_entry", forward(), forward({ internal_port: "444" })),
  },
  "a DNAT entry in a table that does not exist": {
    code: "InvalidForwardTableId.NotFound",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ forward_table_id: "ftb-none" })),
  },
  "a public address that is none": {
    code: "InvalidExternalIp.Malformed",
    action: "CreateForwardEntry",
    then: one("alicloud_forward_entry", forward({ external_ip: "203.0.113.256" })),
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about DNAT entries", () => {
  let bench: RefusalBench;

  beforeAll(async () => {
    bench = await RefusalBench.start();
  });

  afterAll(async () => bench.stop());

  test.each(Object.entries(REFUSALS))("%s", async (_name, refusal) => {
    const { exitCode, stderr, actions } = await bench.provoke(refusal);
    expect(stderr).toMatch(inOutput(refusal.code));
    expect(exitCode).toBe(1);
    expect(actions).toEqual([refusal.action]);
  });
});
