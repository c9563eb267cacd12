export { Deferred, type Deferrable } from "./core/deferred";
export { Ipv4Address, Ipv4Cidr } from "./core/ipv4";
export { NatError } from "./core/nat-error";
export type { DnatRule, NatAddress, SnatRule, SnatRuleSource, SnatSourceKind } from "./core/nat-rule";
export {
  type AnyPortDnatEntrySpec,
  type DnatEntrySpec,
  type DnatEntrySpecBase,
  type DnatTrace,
  type NatAddressSpec,
  type NatPacket,
  NatTable,
  type NatTableConstraints,
  type NatTableProblem,
  type NatTableQuotaNames,
  type NatTableSpec,
  type NatTableWords,
  type NatTrace,
  type NoTrace,
  type PortDnatEntrySpec,
  type SnatEntrySpec,
  type SnatTrace,
  type TranslatedAddressSpec,
  type UndecidedTrace,
} from "./core/nat-table";
export { PortMapping } from "./core/port-mapping";
export { PortRange } from "./core/port-range";
export type { NatProtocol, PacketProtocol, PortProtocol } from "./core/protocol";
export { renderCloudConfig } from "./host/cloud-config";
export type { HostFile } from "./host/host-file";
export type {
  HostFirewall,
  HostInterface,
  HostOptions,
  HostRoute,
  PortAllocation,
  StateLossBehavior,
} from "./host/host-options";
export { hostWarnings } from "./host/host-warnings";
export { renderHost } from "./host/render-host";
