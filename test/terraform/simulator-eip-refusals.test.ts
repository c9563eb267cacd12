import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import { changed, copies } from "../support/simulator/alicloud/raw/objects";
import {
  association,
  eip,
  forward,
  instanceWith,
  INTERFACE,
  legacy,
  one,
  SHORT,
  snat,
} from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { boundEip, freeEip } = legacy;

const REFUSALS: Record<string, Refusal> = {
  "an EIP that another resource holds": {
    code: "InvalidAssociation.Duplicated",
    action: "AssociateEipAddress",
    then: one("alicloud_eip_association", association({ allocation_id: boundEip.allocationId })),
  },
  "a 21st EIP on a gateway": {
    code: "QuotaExceeded.EipNumPerNatgw",
    action: "AssociateEipAddress",
    seed: copies("EipAddress", 19, (index) => ({ IpAddress: `192.0.2.${index}` })),
    then: one("alicloud_eip_association", association()),
  },
  "an EIP for which the gateway's vSwitch has no address": {
    code: "InvalidVSwitchId.IpNotEnough",
    action: "AssociateEipAddress",
    // A /29 has four addresses to give.
    seed: [
      ...changed("VSwitch", { CidrBlock: "10.0.255.0/29" }),
      ...copies("EipAddress", 3, (index) => ({
        IpAddress: `192.0.2.${index}`,
        PrivateIpAddress: `10.0.255.${2 + index}`,
      })),
    ],
    then: one("alicloud_eip_association", association()),
  },
  "an EIP on a gateway that does not exist": {
    code: "InvalidParams.NotFound",
    action: "AssociateEipAddress",
    then: one("alicloud_eip_association", association({ instance_id: "ngw-none" })),
  },
  "an EIP on an instance with a static public address": {
    code: "EIP_CAN_NOT_ASSOCIATE_WITH_PUBLIC_IP",
    action: "AssociateEipAddress",
    then: {
      ...instanceWith({ internet_max_bandwidth_out: 5 }),
      alicloud_eip_association: {
        a: association({ instance_id: "${alicloud_instance.a.id}", instance_type: "EcsInstance" }),
      },
    },
  },
  "an EIP on an instance that a DNAT entry points to": {
    code: "BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP",
    action: "AssociateEipAddress",
    then: {
      ...instanceWith(),
      alicloud_forward_entry: { a: forward({ internal_ip: "10.0.255.100" }) },
      alicloud_eip_association: {
        a: association({
          instance_id: "${alicloud_instance.a.id}",
          instance_type: "EcsInstance",
          depends_on: ["alicloud_forward_entry.a"],
        }),
      },
    },
  },
  "an EIP on an address that the interface does not have": {
    code: "InvalidParameter.PrivateIpAddress",
    action: "AssociateEipAddress",
    then: {
      ...INTERFACE,
      alicloud_eip_association: {
        a: association({
          instance_id: "${alicloud_ecs_network_interface.a.id}",
          instance_type: "NetworkInterface",
          private_ip_address: "10.0.255.200",
        }),
      },
    },
  },
  "an EIP of 201 Mbit/s by traffic": {
    code: "InvalidParameter.Bandwidth",
    action: "AllocateEipAddress",
    then: one("alicloud_eip_address", eip({ bandwidth: "201" })),
  },
  "an EIP of 501 Mbit/s by bandwidth": {
    code: "InvalidParameter.Bandwidth",
    action: "AllocateEipAddress",
    then: one("alicloud_eip_address", eip({ bandwidth: "501", internet_charge_type: "PayByBandwidth" })),
  },
  "an EIP with a bad name": {
    code: "InvalidParameter.Name.Malformed",
    action: "AllocateEipAddress",
    then: one("alicloud_eip_address", eip({ address_name: "http://x" })),
  },
  "releasing a protected EIP": {
    code: "OperationDenied.DeletionProtection",
    action: "ReleaseEipAddress",
    first: one("alicloud_eip_address", eip({ deletion_protection: true })),
    then: {},
  },
  "releasing an EIP that is bound": {
    code: "IncorrectEipStatus",
    action: "ReleaseEipAddress",
    first: { alicloud_eip_address: { a: eip({ timeouts: SHORT }) } },
    then: { alicloud_eip_association: { a: association({ allocation_id: "EIP" }) } },
  },
  "unbinding an EIP that an SNAT entry uses": {
    code: "InvalidIpStatus.HasBeenUsedBySnatTable",
    action: "UnassociateEipAddress",
    first: one("alicloud_eip_association", association({ timeouts: SHORT })),
    then: one("alicloud_snat_entry", snat({ snat_ip: freeEip.publicIp })),
  },
  "unbinding an EIP that a DNAT entry uses": {
    code: "InvalidIpStatus.HasBeenUsedByForwardEntry",
    action: "UnassociateEipAddress",
    first: one("alicloud_eip_association", association({ timeouts: SHORT })),
    then: one("alicloud_forward_entry", forward({ external_ip: freeEip.publicIp })),
  },
  "an EIP on a VPC NAT gateway": {
    code: "OperationUnsupported.NetworkType",
    action: "AssociateEipAddress",
    seed: changed("NatGateway", { NetworkType: "intranet" }),
    then: one("alicloud_eip_association", association()),
  },
  "an EIP that does not exist": {
    code: "InvalidAllocationId.NotFound",
    action: "AssociateEipAddress",
    then: one("alicloud_eip_association", association({ allocation_id: "eip-none" })),
  },
  "an EIP on an instance that does not exist": {
    code: "InvalidInstance.NotExist",
    action: "AssociateEipAddress",
    then: one("alicloud_eip_association", association({ instance_id: "i-none", instance_type: "EcsInstance" })),
  },
  "an EIP on an interface that does not exist": {
    code: "ResourceNotFound.NetworkInterface",
    action: "AssociateEipAddress",
    then: one("alicloud_eip_association", association({ instance_id: "eni-x", instance_type: "NetworkInterface" })),
  },
  "an EIP on something that is not simulated": {
    code: "InvalidInstanceType.ValueNotSupported",
    action: "AssociateEipAddress",
    then: one("alicloud_eip_association", association({ instance_id: "lb-x", instance_type: "SlbInstance" })),
  },
  "more EIPs than there are public addresses": {
    code: "QuotaExceeded.Eip",
    action: "AllocateEipAddress",
    seed: copies("EipAddress", 508, (index) => ({
      IpAddress: index < 254 ? `203.0.113.${index + 1}` : `198.51.100.${index - 253}`,
    })),
    then: one("alicloud_eip_address", eip()),
  },
  "an EIP in two bandwidth packages": {
    code: "InvalidInstanceId.AlreadyInBandwidthPackage",
    action: "AddCommonBandwidthPackageIp",
    then: {
      alicloud_common_bandwidth_package: { a: { bandwidth: "10" }, b: { bandwidth: "10" } },
      alicloud_common_bandwidth_package_attachment: {
        a: {
          bandwidth_package_id: "${alicloud_common_bandwidth_package.a.id}",
          instance_id: freeEip.allocationId,
        },
        b: {
          bandwidth_package_id: "${alicloud_common_bandwidth_package.b.id}",
          instance_id: freeEip.allocationId,
          depends_on: ["alicloud_common_bandwidth_package_attachment.a"],
        },
      },
    },
  },
  "deleting a bandwidth package with an address": {
    code: "DependencyViolation.BandwidthPackageIps",
    action: "DeleteCommonBandwidthPackage",
    first: { alicloud_common_bandwidth_package: { a: { bandwidth: "10" } } },
    then: {
      alicloud_common_bandwidth_package_attachment: {
        a: { bandwidth_package_id: "PACKAGE", instance_id: freeEip.allocationId },
      },
    },
  },
  "a bandwidth package of no bandwidth": {
    code: "InvalidParameter.Bandwidth",
    action: "CreateCommonBandwidthPackage",
    then: one("alicloud_common_bandwidth_package", { bandwidth: "0" }),
  },
  "an EIP in a bandwidth package that does not exist": {
    code: "InvalidBandwidthPackageId.NotFound",
    action: "AddCommonBandwidthPackageIp",
    then: one("alicloud_common_bandwidth_package_attachment", {
      bandwidth_package_id: "cbwp-none",
      instance_id: freeEip.allocationId,
    }),
  },
  "an EIP that does not exist in a bandwidth package": {
    code: "InvalidInstanceId.NotFound",
    action: "AddCommonBandwidthPackageIp",
    then: {
      alicloud_common_bandwidth_package: { a: { bandwidth: "10" } },
      alicloud_common_bandwidth_package_attachment: {
        a: { bandwidth_package_id: "${alicloud_common_bandwidth_package.a.id}", instance_id: "eip-none" },
      },
    },
  },
  "deleting a protected bandwidth package": {
    code: "OperationDenied.DeletionProtection",
    action: "DeleteCommonBandwidthPackage",
    first: one("alicloud_common_bandwidth_package", { bandwidth: "10", deletion_protection: true }),
    then: {},
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about EIPs and bandwidth packages", () => {
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
