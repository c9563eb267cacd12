import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { makeMachine } from "./machine";
import type { MachineProps } from "./machine";
import { makeMachineGroup } from "./machine-group";
import type { HostRecovery } from "./self-hosted-nat-instance-props";

/** The machine of a host, or the group that makes it. */
export interface KeptMachine {
  readonly machine: TerraformResource;
  readonly instanceId: string | undefined;
  readonly autoScalingGroupName: string | undefined;
  /** What CloudWatch knows it by. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What a machine needs where a group makes it, too. */
export interface KeptMachineProps extends MachineProps {
  readonly rootDevice: string;
  /** Of its subnet; a group must know it. */
  readonly availabilityZone: string | undefined;
}

/** Makes the machine of a host in the way that brings it back when it dies. */
export function keepMachine(scope: Construct, recovery: HostRecovery, props: KeptMachineProps): KeptMachine {
  const { availabilityZone } = props;
  if (recovery === "auto-scaling" && availabilityZone !== undefined) {
    const group = makeMachineGroup(scope, "Resource", { ...props, availabilityZone });
    const autoScalingGroupName = group.name;
    const dimensions = { AutoScalingGroupName: autoScalingGroupName };
    return { machine: group, instanceId: undefined, autoScalingGroupName, dimensions };
  }
  const machine = makeMachine(scope, "Resource", props, recovery === "none" ? "disabled" : "default");
  const instanceId = machine.id;
  return { machine, instanceId, autoScalingGroupName: undefined, dimensions: { InstanceId: instanceId } };
}
