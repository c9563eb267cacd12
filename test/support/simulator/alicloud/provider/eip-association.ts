import type { ResourceBehaviour } from "../../engine/provider";
import { ProviderError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { retry, waitUntil } from "../../engine/waiting";
import { describeEipAddresses, modifyEipForwardMode } from "../api/eip";
import { associateEipAddress, unassociateEipAddress } from "../api/eip-association";
import type { Eip } from "../api/tables";
import { ifExists } from "../../engine/lookup";

/** alicloud_eip_association: the create returns before the EIP is InUse. */
export const eipAssociation: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const AllocationId = wanted.requiredText("allocation_id");
    const InstanceId = wanted.requiredText("instance_id");
    const request = {
      AllocationId,
      InstanceId,
      InstanceType: wanted.text("instance_type") ?? typeOf(InstanceId),
      PrivateIpAddress: wanted.text("private_ip_address"),
      Mode: wanted.text("mode"),
    };
    const codes = ["TaskConflict", "OperationConflict", "IncorrectInstanceStatus", "IncorrectEipStatus"];
    await retry(cloud, { timeoutSeconds: data.timeoutSeconds("create"), codes }, () => {
      return cloud.call(associateEipAddress, request);
    });
    data.setId(`${AllocationId}:${InstanceId}`);
  },

  async read(cloud, data) {
    const [allocationId = "", instanceId = ""] = data.id.split(":");
    const found = await describe(cloud, allocationId, instanceId);
    if (found === undefined) return false;
    data.set({
      allocation_id: found.id,
      instance_id: found.InstanceId,
      instance_type: found.InstanceType,
      mode: found.Mode,
    });
    return true;
  },

  async update(cloud, data) {
    const [InstanceId = ""] = data.id.split(":");
    const Mode = data.wanted.text("mode");
    if (data.changed("mode") && Mode !== undefined) await cloud.call(modifyEipForwardMode, { InstanceId, Mode });
  },

  async delete(cloud, data) {
    const [AllocationId = "", InstanceId = ""] = data.id.split(":");
    const request = { AllocationId, InstanceId, Force: data.prior.flag("force") ?? false };
    const timeoutSeconds = data.timeoutSeconds("delete");
    const codes = [
      "InvalidIpStatus.HasBeenUsedBySnatTable",
      "InvalidIpStatus.HasBeenUsedByForwardEntry",
      "InvalidStatus.SnatOrDnat",
      "IncorrectEipStatus",
      "IncorrectInstanceStatus",
      "TaskConflict",
      "OperationConflict",
    ];
    await retry(cloud, { timeoutSeconds, codes }, async () => {
      await ifExists(["InvalidAllocationId.NotFound", "InvalidAssociation.NotFound"], () => {
        return cloud.call(unassociateEipAddress, request);
      });
    });
    const delaySeconds = 3;
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds, delaySeconds }, async () => {
      return (await describe(cloud, AllocationId, InstanceId)) === undefined;
    });
  },
};

async function describe(cloud: Cloud, AllocationId: string, instanceId: string): Promise<Row<Eip> | undefined> {
  const [eip] = await cloud.call(describeEipAddresses, { AllocationId });
  return eip?.InstanceId === instanceId ? eip : undefined;
}

/** The provider guesses the type of a few ids; any other is taken for an ECS instance. */
function typeOf(instanceId: string): string {
  if (instanceId === "") throw new ProviderError("instance_id is empty");
  if (instanceId.startsWith("ngw-")) return "Nat";
  return instanceId.startsWith("lb-") ? "SlbInstance" : "EcsInstance";
}
