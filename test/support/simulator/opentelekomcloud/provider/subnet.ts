import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { createSubnet, DEFAULT_DNS, deleteSubnet, showSubnet, updateSubnet } from "../api/subnet";
import { deleteUntilGone } from "./deleting";
import { checkCidr, checkIpv4, checkName, checkUuid } from "./names";
import { updateTags } from "./tagging";

const GONE = "VPC.0202";

/** opentelekomcloud_vpc_subnet_v1: its id is that of its Neutron network. */
export const subnet: ResourceBehaviour = {
  checks: { name: checkName, cidr: checkCidr, gateway_ip: checkIpv4, vpc_id: checkUuid },

  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createSubnet, {
      ...namesOf(data),
      cidr: wanted.requiredText("cidr"),
      vpc_id: wanted.requiredText("vpc_id"),
      gateway_ip: wanted.requiredText("gateway_ip"),
      availability_zone: wanted.text("availability_zone") ?? "eu-de-01",
    });
    // As the provider has it: the id is kept only when the subnet is there.
    await waitUntil(cloud, { what: `subnet ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(showSubnet, { id })).status === "ACTIVE";
    });
    data.setId(id);
    await updateTags(cloud, data, "Subnet");
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showSubnet, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      name: found.name,
      description: found.description,
      cidr: found.cidr,
      vpc_id: found.vpc_id,
      gateway_ip: found.gateway_ip,
      dhcp_enable: found.dhcp_enable,
      dns_list: found.dns_list,
      primary_dns: found.primary_dns,
      secondary_dns: found.secondary_dns,
      availability_zone: found.availability_zone,
      ntp_addresses: found.ntp_addresses,
      network_id: found.id,
      subnet_id: found.neutron_subnet_id,
      cidr_ipv6: "",
      gateway_ipv6: "",
      status: found.status,
      region: regionOf(cloud),
      tags: found.tags,
    });
    return true;
  },

  async update(cloud, data) {
    await cloud.call(updateSubnet, { id: data.id, ...namesOf(data) });
    await updateTags(cloud, data, "Subnet");
  },

  async delete(cloud, data) {
    const { id } = data;
    const timeoutSeconds = data.timeoutSeconds("delete");
    const retried = ["VPC.0208", "VPC.0209", "VPC.0210"];
    await deleteUntilGone(
      cloud,
      { what: `subnet ${id}`, timeoutSeconds, gone: GONE, retried },
      () => cloud.call(showSubnet, { id }),
      () => cloud.call(deleteSubnet, { id }),
    );
  },
};

/** What may change; without any name server the provider sets the cloud's own. */
function namesOf({ wanted }: ResourceData) {
  const list = wanted.texts("dns_list");
  const given = [wanted.text("primary_dns"), wanted.text("secondary_dns")];
  const none = list.length === 0 && given.every((server) => server === undefined);
  const [primary = list[0] ?? "", secondary = list[1] ?? ""] = none ? DEFAULT_DNS : given;
  return {
    name: wanted.requiredText("name"),
    description: wanted.text("description") ?? "",
    dhcp_enable: wanted.flag("dhcp_enable") ?? true,
    primary_dns: primary,
    secondary_dns: secondary,
    dns_list: list.length > 0 ? list : [primary, secondary].filter((server) => server !== ""),
    ntp_addresses: wanted.text("ntp_addresses") ?? "",
  };
}
