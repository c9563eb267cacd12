import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Host } from "../cdktf/host";
import type { HostSecurityGroup } from "../cdktf/host-security-group";
import { NatChildren } from "../cdktf/nat-children";
import type { NatLedger } from "../cdktf/nat-ledger";
import type { PortAllocation } from "../host/host-options";
import { alarmsOf } from "./alarms";
import { Eip } from "./eip";
import type { EipProps } from "./eip-props";
import { HOST_ALARM_METRICS } from "./host-alarm-metrics";
import { bindToPort, bindToVirtualIp } from "./host-eip";
import { checkHostIp } from "./host-network";
import { subnetIdOf } from "./host-port";
import type { HostPort } from "./host-port";
import { routesToHost } from "./host-routes";
import type { AlarmsProps, INat, RouteProps } from "./nat";
import { natBackends } from "./nat-backend";
import type { ISubnet } from "./network";
import { SECURITY_GROUP_RULES } from "./security-group-rules";

/** A host of this cloud. */
export type OpenTelekomCloudHost = Host<Eip, EipProps, RouteProps, AlarmsProps>;

/** The resources of a host, and what it hands on to its EIPs and checks its entries against. */
export interface OpenTelekomCloudHostProps {
  readonly machine: TerraformResource;
  readonly instanceId: string;
  /** The port with the EIPs. */
  readonly port: HostPort;
  /** The port that routes lead to: the one towards the clients, where there are two. */
  readonly clientPort: HostPort;
  /** The port's own address. */
  readonly privateIp: string;
  readonly securityGroup: HostSecurityGroup;
  readonly ledger: NatLedger;
  readonly subnet: ISubnet;
  /** The subnet of the interface towards the clients, where there are two. */
  readonly privateSubnet: ISubnet | undefined;
  readonly portAllocation: PortAllocation;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** What the machine waits for, beside what its EIPs and entries add. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a self-hosted NAT on Open Telekom Cloud does with its EIPs, entries, routes and alarms. */
export function hostOf(nat: INat, props: OpenTelekomCloudHostProps): OpenTelekomCloudHost {
  const { machine, instanceId, port, clientPort, privateIp, securityGroup, ledger } = props;
  const { subnet, privateSubnet, portAllocation, tags, dependsOn } = props;
  const host: OpenTelekomCloudHost = new Host(
    nat,
    { machine, privateIp, secondaryIps: [], securityGroup, ledger },
    {
      children: new NatChildren({
        nat,
        ledger,
        subnets: { subnet, "privateInterface.subnet": privateSubnet },
        makeRoutes: (knownSubnets) => routesToHost(nat, clientPort.fixedIp, knownSubnets),
        makeAlarms: (id, alarms) => alarmsOf(nat, id, alarms, HOST_ALARM_METRICS, instanceId),
      }),
      checkPrivateIp: (given) => {
        checkHostIp(given, subnet);
        if (given !== undefined && given !== privateIp) subnetIdOf(subnet, "subnet");
      },
      bindEip: (id, eip, ip) => {
        const bind: NonNullable<Parameters<typeof Eip.boundTo>[0]["bind"]> = (binding) =>
          ip === privateIp ? bindToPort(port, binding) : bindToVirtualIp(port, { subnet, privateIp: ip }, binding);
        return Eip.boundTo({ nat, privateIp: ip, tags, bind }, id, eip);
      },
      securityGroupRules: SECURITY_GROUP_RULES,
      subnetWord: "subnet",
      portAllocation,
      dependsOn,
    },
  );
  natBackends.register(nat, {
    connectionsPerEip: host.connectionsPerEip,
    takesPortIds: false,
    addSnatEntry: (request) => host.addSnatEntry(request),
    addDnatEntry: (request) => host.addDnatEntry(request),
  });
  return host;
}
