import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-floatingip-associate-v2";
import { NetworkingVipAssociateV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-vip-associate-v2";
import { NetworkingVipV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-vip-v2";
import type { ITerraformDependable } from "cdktf";
import { after } from "../cdktf/dependencies";
import { replacementTrigger } from "../cdktf/replacement-trigger";
import type { EipBinding } from "./eip";
import { subnetIdOf } from "./host-port";
import type { HostPort } from "./host-port";
import type { ISubnet } from "./network";

/** Binds an EIP to a port, which takes one: an `opentelekomcloud_networking_floatingip_associate_v2`. */
export function bindToPort(
  { portId }: Pick<HostPort, "portId">,
  { scope, publicIp, provider, dependsOn }: EipBinding,
): readonly ITerraformDependable[] {
  const association = new NetworkingFloatingipAssociateV2(scope, "Association", {
    floatingIp: publicIp,
    portId,
    provider,
    dependsOn: after(dependsOn),
  });
  return [association];
}

/**
 * Binds an EIP to a virtual IP of a port: an `opentelekomcloud_networking_vip_v2`, an
 * `opentelekomcloud_networking_vip_associate_v2` and the EIP's own association, and a `terraform_data` with the address,
 * which the provider cannot change in place.
 *
 * The provider gives the port the pair `1.1.1.1/0` for a virtual IP, as it has it already, and leaves it when the
 * virtual IP goes.
 */
export function bindToVirtualIp(
  { portId }: Pick<HostPort, "portId">,
  { subnet, privateIp }: { readonly subnet: ISubnet; readonly privateIp: string },
  binding: EipBinding,
): readonly ITerraformDependable[] {
  const { scope, provider } = binding;
  const virtualIp = new NetworkingVipV2(scope, "VirtualIp", {
    networkId: subnet.id,
    subnetId: subnetIdOf(subnet, "subnet"),
    ipAddress: privateIp,
    provider,
    lifecycle: { replaceTriggeredBy: [replacementTrigger(scope, "Address", { ip_address: privateIp })] },
  });
  const vipId = virtualIp.id;
  const attachment = new NetworkingVipAssociateV2(scope, "VirtualIpAssociation", {
    vipId,
    portIds: [portId],
    provider,
  });
  return [attachment, ...bindToPort({ portId: vipId }, binding)];
}
