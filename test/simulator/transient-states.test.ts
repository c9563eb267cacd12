import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { existingGateway } from "../support/simulator";
import { removeCommonBandwidthPackageIp } from "../support/simulator/alicloud/api/bandwidth-package";
import { associateEipAddress, unassociateEipAddress } from "../support/simulator/alicloud/api/eip-association";
import { createForwardEntry, deleteForwardEntry } from "../support/simulator/alicloud/api/forward-entry";
import { modifyInstanceUserData, runInstances } from "../support/simulator/alicloud/api/instance";
import { createNatGateway, deleteNatGateway } from "../support/simulator/alicloud/api/nat-gateway";
import { createRouteEntry, deleteRouteEntry } from "../support/simulator/alicloud/api/route-entry";
import { associateRouteTable, createRouteTable } from "../support/simulator/alicloud/api/route-table";
import { createSecurityGroup } from "../support/simulator/alicloud/api/security-group";
import { createSnatEntry, deleteSnatEntry } from "../support/simulator/alicloud/api/snat-entry";
import { createVpc } from "../support/simulator/alicloud/api/vpc";
import { createVSwitch } from "../support/simulator/alicloud/api/vswitch";
import { Cloud } from "../support/simulator/engine/cloud";

const legacy = existingGateway();
const { vpcId, vSwitchId, natGatewayId, snatTableId, forwardTableId, systemRouteTableId, boundEip, freeEip } = legacy;
const dir = mkdtempSync(join(tmpdir(), "transient-"));
let cloud: Cloud;

/** A cloud that answers at once, by a slow clock: what takes seconds does not end during a test, on any machine. */
class SlowCloud extends Cloud {
  override sleep = () => Promise.resolve();

  constructor(stateFile: string, limits: ConstructorParameters<typeof Cloud>[0]["limits"] = {}) {
    const files = { stateFile: join(dir, `${stateFile}.json`), logFile: join(dir, `${stateFile}.jsonl`) };
    super({ ...files, timeScale: 0.001, seed: 1, limits, die: () => undefined });
  }
}

beforeEach(() => {
  cloud = new SlowCloud("cloud");
  cloud.reset(legacy.objects);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const SNAT = { SnatTableId: snatTableId, SnatIp: boundEip.publicIp, SourceCIDR: "10.0.0.0/16" };
const FORWARD = {
  ForwardTableId: forwardTableId,
  ForwardEntryName: "",
  ExternalIp: boundEip.publicIp,
  ExternalPort: "443",
  InternalIp: "10.0.1.10",
  InternalPort: "443",
  IpProtocol: "tcp",
  PortBreak: false,
};
const ROUTE = {
  RouteTableId: systemRouteTableId,
  DestinationCidrBlock: "198.18.0.0/15",
  NextHopType: "NatGateway",
  NextHopId: natGatewayId,
};

const STATES: Record<string, readonly [code: string, provoke: () => Promise<unknown>]> = {
  "a vSwitch in a VPC that is not there yet": [
    "IncorrectVpcStatus",
    async () => {
      const VpcId = await cloud.call(createVpc, { CidrBlock: "10.1.0.0/16", Tags: {} });
      await cloud.call(createVSwitch, { VpcId, CidrBlock: "10.1.0.0/24", ZoneId: "cn-hangzhou-h" });
    },
  ],
  "a gateway in a vSwitch that is changing its route table": [
    "IncorrectStatus.VSWITCH",
    async () => {
      const RouteTableId = await cloud.call(createRouteTable, { VpcId: vpcId, Tags: {} });
      await cloud.call(associateRouteTable, { RouteTableId, VSwitchId: vSwitchId });
      await cloud.call(createNatGateway, { VpcId: vpcId, VSwitchId: vSwitchId });
    },
  ],
  "another route table for a vSwitch that is changing it": [
    "IncorrectVSwitchStatus",
    async () => {
      const RouteTableId = await cloud.call(createRouteTable, { VpcId: vpcId, Tags: {} });
      await cloud.call(associateRouteTable, { RouteTableId, VSwitchId: vSwitchId });
      await cloud.call(associateRouteTable, { RouteTableId, VSwitchId: vSwitchId });
    },
  ],
  "an EIP on a gateway that is not there yet": [
    "IncorrectInstanceStatus",
    async () => {
      const InstanceId = await cloud.call(createNatGateway, { VpcId: vpcId, VSwitchId: vSwitchId });
      await cloud.call(associateEipAddress, { AllocationId: freeEip.allocationId, InstanceId, InstanceType: "Nat" });
    },
  ],
  "an EIP that is being unbound": [
    "IncorrectEipStatus",
    async () => {
      const request = { AllocationId: boundEip.allocationId, InstanceId: natGatewayId, Force: false };
      await cloud.call(unassociateEipAddress, request);
      await cloud.call(unassociateEipAddress, request);
    },
  ],
  "an entry on a gateway that is being deleted": [
    "IncorrectStatus.NATGW",
    async () => {
      await cloud.call(deleteNatGateway, { NatGatewayId: natGatewayId, Force: true });
      await cloud.call(createSnatEntry, SNAT);
    },
  ],
  "deleting a gateway twice": [
    "IncorrectStatus.NatGateway",
    async () => {
      await cloud.call(deleteNatGateway, { NatGatewayId: natGatewayId, Force: true });
      await cloud.call(deleteNatGateway, { NatGatewayId: natGatewayId, Force: true });
    },
  ],
  "deleting an SNAT entry that is not there yet": [
    "IncorretSnatEntryStatus",
    async () => {
      const SnatEntryId = await cloud.call(createSnatEntry, SNAT);
      await cloud.call(deleteSnatEntry, { SnatTableId: snatTableId, SnatEntryId });
    },
  ],
  "deleting a DNAT entry that is not there yet": [
    "IncorretForwardEntryStatus",
    async () => {
      const ForwardEntryId = await cloud.call(createForwardEntry, FORWARD);
      await cloud.call(deleteForwardEntry, { ForwardTableId: forwardTableId, ForwardEntryId });
    },
  ],
  "deleting a route that is not there yet": [
    "IncorrectRouteEntryStatus",
    async () => {
      await cloud.call(createRouteEntry, ROUTE);
      await cloud.call(deleteRouteEntry, ROUTE);
    },
  ],
  "user data of a running instance": [
    "IncorrectInstanceStatus",
    async () => {
      const group = await cloud.call(createSecurityGroup, { VpcId: vpcId, Tags: {} });
      const InstanceId = await cloud.call(runInstances, {
        ImageId: "m-custom",
        InstanceType: "ecs.c7.large",
        VSwitchId: vSwitchId,
        SecurityGroupIds: [group],
        Tags: {},
      });
      await cloud.call(modifyInstanceUserData, { InstanceId, UserData: "" });
    },
  ],
  "unbinding an EIP from what does not hold it": [
    "InvalidAssociation.NotFound",
    async () => {
      await cloud.call(unassociateEipAddress, { AllocationId: boundEip.allocationId, InstanceId: "i-x", Force: false });
    },
  ],
  "removing an EIP from a bandwidth package that does not hold it": [
    "OperationUnsupported.IpNotInCbwp",
    async () => {
      const request = { BandwidthPackageId: "cbwp-x", IpInstanceId: freeEip.allocationId };
      await cloud.call(removeCommonBandwidthPackageIp, request);
    },
  ],
  "deleting a route that does not exist": [
    "InvalidRouteEntry.NotFound",
    async () => {
      await cloud.call(deleteRouteEntry, ROUTE);
    },
  ],
};

test.each(Object.entries(STATES))("refuses %s", async (_name, [code, provoke]) => {
  await expect(provoke()).rejects.toMatchObject({ code });
});

test("takes other quotas than the documented ones", async () => {
  const small = new SlowCloud("limits", { eipsPerNatGateway: 1 });
  small.reset(legacy.objects);
  const request = { AllocationId: freeEip.allocationId, InstanceId: natGatewayId, InstanceType: "Nat" };
  await expect(small.call(associateEipAddress, request)).rejects.toMatchObject({
    code: "QuotaExceeded.EipNumPerNatgw",
  });
});
