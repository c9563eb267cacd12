import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Host } from "../cdktf/host";
import { checkHostIp } from "../cdktf/host-ip";
import type { HostSecurityGroup } from "../cdktf/host-security-group";
import { NatChildren } from "../cdktf/nat-children";
import type { NatLedger } from "../cdktf/nat-ledger";
import type { PortAllocation } from "../host/host-options";
import { alarmsOf } from "./alarms";
import { Eip } from "./eip";
import type { EipProps } from "./eip-props";
import { HOST_ALARM_METRICS } from "./host-alarm-metrics";
import { NAT_IP } from "./host-network";
import type { AlarmsProps, INat, RouteProps } from "./nat";
import { natBackends } from "./nat-backend";
import type { IVpc, IVswitch } from "./network";
import { routesTo } from "./route";
import { SECURITY_GROUP_RULES } from "./security-group-rules";

/** A host of this cloud. */
export type AlicloudHost = Host<Eip, EipProps, RouteProps, AlarmsProps>;

/** The resources of a host, and what it hands on to its EIPs and checks its entries against. */
export interface AlicloudHostProps {
  readonly machine: TerraformResource;
  readonly instanceId: string;
  readonly networkInterfaceId: string;
  /** The interface that routes lead to: the one towards the clients, where there are two. */
  readonly clientInterfaceId: string;
  /** The interface's primary address. */
  readonly privateIp: string;
  /** The interface's further addresses; EIPs add theirs. */
  readonly secondaryIps: string[];
  readonly securityGroup: HostSecurityGroup;
  readonly ledger: NatLedger;
  readonly vpc: IVpc;
  readonly vswitch: IVswitch;
  /** The vSwitch of the interface towards the clients, where there are two. */
  readonly privateVswitch: IVswitch | undefined;
  readonly portAllocation: PortAllocation;
  readonly resourceGroupId: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** What the machine waits for, beside what its EIPs and entries add. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a self-hosted NAT on Alibaba Cloud does with its EIPs, entries, routes and alarms. */
export function hostOf(nat: INat, props: AlicloudHostProps): AlicloudHost {
  const { machine, privateIp, secondaryIps, securityGroup, ledger, portAllocation, dependsOn } = props;
  const { vpc, vswitch, privateVswitch, resourceGroupId, tags, networkInterfaceId, instanceId } = props;
  const routeTarget = {
    nextHopType: "NetworkInterface",
    nextHopId: props.clientInterfaceId,
    vpc,
    addsDefaultRoute: false,
  } as const;
  const bound = {
    nat,
    instanceId: networkInterfaceId,
    instanceType: "NetworkInterface",
    resourceGroupId,
    tags,
  } as const;
  const host: AlicloudHost = new Host(
    nat,
    { machine, privateIp, secondaryIps, securityGroup, ledger },
    {
      children: new NatChildren({
        nat,
        ledger,
        subnets: { vswitch, "privateInterface.vswitch": privateVswitch },
        makeRoutes: (knownVswitches) => routesTo(nat, routeTarget, knownVswitches),
        makeAlarms: (id, alarms) => alarmsOf(nat, id, alarms, HOST_ALARM_METRICS, instanceId),
      }),
      checkPrivateIp: (given) => checkHostIp(given, vswitch, NAT_IP),
      bindEip: (id, eip, ip) => Eip.boundTo({ ...bound, privateIp: ip }, id, eip),
      securityGroupRules: SECURITY_GROUP_RULES,
      subnetWord: "vSwitch",
      portAllocation,
      dependsOn,
    },
  );
  natBackends.register(nat, host);
  return host;
}
