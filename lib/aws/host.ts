import type { ITerraformDependable, TerraformResource } from "cdktf";
import { failAt } from "../cdktf/fail";
import { Host } from "../cdktf/host";
import { checkHostIp } from "../cdktf/host-ip";
import type { HostSecurityGroup } from "../cdktf/host-security-group";
import { NatChildren } from "../cdktf/nat-children";
import type { NatLedger } from "../cdktf/nat-ledger";
import type { SecurityGroupRules } from "../cdktf/security-group-rules";
import { whenKnown } from "../cdktf/when-known";
import type { PortAllocation } from "../host/host-options";
import { alarmsOf } from "./alarms";
import { Eip } from "./eip";
import type { EipProps } from "./eip-props";
import { checkHostAlarms, hostAlarmMetrics } from "./host-alarm-metrics";
import type { HostInterface } from "./host-interface";
import { NAT_IP } from "./host-network";
import type { AlarmsProps, INat, RouteProps } from "./nat";
import { natBackends } from "./nat-backend";
import type { ISubnet, IVpc } from "./network";
import { routesTo } from "./route";

/** A host of this cloud. */
export type AwsHost = Host<Eip, EipProps, RouteProps, AlarmsProps>;

/** The resources of a host, and what it hands on to its EIPs and checks its entries against. */
export interface AwsHostProps {
  readonly machine: TerraformResource;
  readonly instanceType: string;
  /** What CloudWatch knows the machine by. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly networkInterface: HostInterface;
  /** The interface that routes lead to: the one towards the clients, where there are two. */
  readonly clientInterfaceId: string;
  readonly securityGroup: HostSecurityGroup;
  readonly securityGroupRules: SecurityGroupRules;
  readonly ledger: NatLedger;
  readonly vpc: IVpc;
  readonly subnet: ISubnet;
  /** The subnet of the interface towards the clients, where there are two. */
  readonly privateSubnet: ISubnet | undefined;
  readonly portAllocation: PortAllocation;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** What the machine waits for, beside what its EIPs and entries add. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a self-hosted NAT on AWS does with its EIPs, entries, routes and alarms. */
export function hostOf(nat: INat, props: AwsHostProps): AwsHost {
  const { machine, instanceType, dimensions, networkInterface, securityGroup, ledger, portAllocation } = props;
  const { vpc, subnet, privateSubnet, clientInterfaceId, tags, securityGroupRules, dependsOn } = props;
  const host: AwsHost = new Host(
    nat,
    { machine, ...networkInterface.addresses, securityGroup, ledger },
    {
      children: new NatChildren({
        nat,
        ledger,
        subnets: { subnet, "privateInterface.subnet": privateSubnet },
        makeRoutes: (knownSubnets) => routesTo(nat, { networkInterfaceId: clientInterfaceId }, vpc, knownSubnets),
        makeAlarms: (id, alarms) => {
          failAt(nat, () => checkHostAlarms(alarms), id);
          const metrics = hostAlarmMetrics(
            whenKnown(instanceType, (type) => type),
            alarms,
          );
          return alarmsOf({ nat, metrics, dimensions, tags }, id, alarms);
        },
      }),
      checkPrivateIp: (given) => {
        checkHostIp(given, subnet, NAT_IP);
        networkInterface.checkRoomFor(given);
      },
      bindEip: (id, eip, ip) => Eip.boundTo({ nat, tags }, networkInterface.binding(ip), id, eip),
      securityGroupRules,
      subnetWord: "subnet",
      portAllocation,
      dependsOn,
    },
  );
  natBackends.register(nat, host);
  return host;
}
