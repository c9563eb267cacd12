import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import { snatEntries } from "../support/simulator/alicloud/raw/objects";
import { ANY, forward, legacy, one, SHORT, snat, two, vswitch } from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { boundEip, freeEip, vSwitchId } = legacy;

const REFUSALS: Record<string, Refusal> = {
  "an SNAT entry on an EIP that is not bound": {
    code: "EIP_NOT_IN_GATEWAY",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ snat_ip: freeEip.publicIp, timeouts: SHORT })),
  },
  "an SNAT entry without a source": {
    code: "MissingParameter",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ source_cidr: null })),
  },
  "an SNAT source outside the VPC": {
    code: "NOT_ALLOW_USE_SOURCECIDR",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ source_cidr: "192.168.0.0/24" })),
  },
  "an SNAT source with host bits": {
    code: "InvalidSourceCIDR.Malformed",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ source_cidr: "10.0.1.7/24" })),
  },
  "one SNAT source twice": {
    code: "OperationUnsupported.CidrConflict",
    action: "CreateSnatEntry",
    then: two("alicloud_snat_entry", snat(), snat()),
  },
  "a vSwitch in two SNAT entries": {
    code: "Forbidden.SourceVSwitchId.Duplicated",
    action: "CreateSnatEntry",
    then: two(
      "alicloud_snat_entry",
      snat({ source_cidr: null, source_vswitch_id: vSwitchId }),
      snat({ source_cidr: null, source_vswitch_id: vSwitchId }),
    ),
  },
  "a vSwitch and its block in two SNAT entries": {
    code: "OperationUnsupported.CidrConflict",
    action: "CreateSnatEntry",
    then: two(
      "alicloud_snat_entry",
      snat({ source_cidr: null, source_vswitch_id: vSwitchId }),
      snat({ source_cidr: "10.0.255.0/24" }),
    ),
  },
  "an SNAT entry for a vSwitch of another VPC": {
    code: "INVALID_PARAMETER",
    action: "CreateSnatEntry",
    then: {
      alicloud_vpc: { b: { cidr_block: "10.1.0.0/16" } },
      alicloud_vswitch: { b: vswitch({ vpc_id: "${alicloud_vpc.b.id}", cidr_block: "10.1.1.0/24" }) },
      alicloud_snat_entry: { b: snat({ source_cidr: null, source_vswitch_id: "${alicloud_vswitch.b.id}" }) },
    },
  },
  "an SNAT entry with a bad name": {
    code: "InvalidParameter.Name.Malformed",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ snat_entry_name: "1st" })),
  },
  "an address twice in an SNAT entry": {
    code: "InvalidSnatIp.Malformed",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ snat_ip: `${boundEip.publicIp},${boundEip.publicIp}` })),
  },
  "an SNAT entry on an EIP with Any Port": {
    code: "Forbidden.IpUsedInForwardTable",
    action: "CreateSnatEntry",
    then: {
      alicloud_forward_entry: { a: forward(ANY) },
      alicloud_snat_entry: { a: snat({ depends_on: ["alicloud_forward_entry.a"] }) },
    },
  },
  "an SNAT entry on an EIP with a DNAT port above 1024": {
    code: "Forbidden.IpUsedInForwardTable",
    action: "CreateSnatEntry",
    then: {
      alicloud_forward_entry: { a: forward({ external_port: "1025" }) },
      alicloud_snat_entry: { a: snat({ depends_on: ["alicloud_forward_entry.a"] }) },
    },
  },
  "a 41st SNAT entry": {
    code: "Forbidden.SnatEntryCountLimited",
    action: "CreateSnatEntry",
    seed: snatEntries(40),
    then: one("alicloud_snat_entry", snat()),
  },
  "an SNAT entry in a table that does not exist": {
    code: "InvalidSnatTableId.NotFound",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ snat_table_id: "stb-none" })),
  },
  "an SNAT entry for a vSwitch that does not exist": {
    code: "InvalidVSwitchId.NotFound",
    action: "CreateSnatEntry",
    then: one("alicloud_snat_entry", snat({ source_cidr: null, source_vswitch_id: "vsw-none" })),
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about SNAT entries", () => {
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
