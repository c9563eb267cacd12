import { eipOf, make, text } from "../support/simulator/opentelekomcloud/raw/bed";
import {
  describeRefusals,
  NOBODY,
  snat,
  dnat,
  associate,
  port,
  there,
  type Refusal,
} from "../support/simulator/opentelekomcloud/raw/refusals";

const EIPS: Record<string, Refusal> = {
  "an EIP of a type that does not exist": [
    "VPC.0501",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({}, { type: "6_bgp" })),
  ],
  "an EIP with 301 Mbit/s": ["VPC.0301", "ApplyPublicIp", ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ size: 301 }))],
  "an EIP with 0 Mbit/s": ["VPC.0301", "ApplyPublicIp", ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ size: 0 }))],
  "an EIP with a bandwidth of a bad name": [
    "VPC.0301",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ name: "a b" })),
  ],
  "an EIP that shares a bandwidth from the start": [
    "VPC.0301",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ share_type: "WHOLE" })),
  ],
  "an EIP with a bandwidth of an unknown kind": [
    "VPC.0301",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ share_type: "SOME" })),
  ],
  "an EIP when no address is left": [
    "VPC.0532",
    "ApplyPublicIp",
    async ({ raw, eips }) => {
      const { attributes } = raw.objects().find(({ id }) => id === eips[0]!.id)!;
      for (let last = 1; last <= 254; last++) {
        const public_ip_address = `203.0.113.${last}`;
        raw.cloud.put({ type: "PublicIp", id: `eip-${last}`, attributes: { ...attributes, public_ip_address } });
      }
      await make(raw, "vpc_eip_v1", eipOf());
    },
  ],
  "an EIP whose address is taken": [
    "VPC.0522",
    "ApplyPublicIp",
    ({ raw, eips }) => make(raw, "vpc_eip_v1", eipOf({}, { ip_address: eips[0]!.address })),
  ],
  "a second EIP on a port": [
    "FloatingIPPortAlreadyAssociated",
    "UpdateFloatingIp",
    async (bed) => {
      await associate(bed);
      await associate(bed, { floating_ip: bed.eips[1]!.address });
    },
  ],
  "one EIP on two ports": [
    "VPC.0510",
    "UpdateFloatingIp",
    async (bed) => {
      await associate(bed);
      await associate(bed, { port_id: text(await port(bed), "id") });
    },
  ],
  "the EIP of a gateway on a port": [
    "VPC.2062",
    "UpdateFloatingIp",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await associate(bed);
    },
  ],
  "an EIP on a port that does not exist": [
    "PortNotFound",
    "UpdateFloatingIp",
    (bed) => associate(bed, { port_id: NOBODY }),
  ],
  "a new EIP for a port that has one": [
    "VPC.0511",
    "UpdatePublicIp",
    async (bed) => {
      await associate(bed);
      await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: bed.port }));
    },
  ],
  "an EIP from one port to another without unbinding it": [
    "VPC.0510",
    "UpdatePublicIp",
    async (bed) => {
      const bound = await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: bed.port }));
      const next = text(await port(bed), "id");
      await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: next }), bound);
    },
  ],
  "a new EIP for a port that does not exist": [
    "VPC.0501",
    "UpdatePublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({}, { port_id: NOBODY })),
  ],
  "deleting the EIP of a port": [
    "VPC.0517",
    "DeletePublicIp",
    async (bed) => {
      await associate(bed);
      await bed.raw.destroy(there("vpc_eip_v1", bed.eips[0]!.id, { publicip: [] }));
    },
  ],
  "deleting the EIP of a NAT rule": [
    "VPC.0517",
    "DeletePublicIp",
    async (bed) => {
      await dnat(bed);
      await bed.raw.destroy(there("vpc_eip_v1", bed.eips[0]!.id, { publicip: [] }));
    },
  ],
  "a shared bandwidth of 4 Mbit/s": [
    "VPC.0301",
    "CreateSharedBandwidth",
    ({ raw }) => make(raw, "vpc_bandwidth_v2", { name: "shared", size: 4 }),
  ],
  "a shared bandwidth of 2001 Mbit/s": [
    "VPC.0301",
    "CreateSharedBandwidth",
    ({ raw }) => make(raw, "vpc_bandwidth_v2", { name: "shared", size: 2001 }),
  ],
  "a shared bandwidth that does not exist": [
    "VPC.0306",
    "InsertIntoSharedBandwidth",
    ({ raw, eips }) => make(raw, "vpc_bandwidth_associate_v2", { bandwidth: NOBODY, floating_ips: [eips[0]!.id] }),
  ],
  "an EIP's own bandwidth for another": [
    "VPC.0301",
    "InsertIntoSharedBandwidth",
    ({ raw, eips }) => {
      const own = raw.objects().find(({ id }) => id === eips[1]!.id)!.attributes.bandwidth_id;
      return make(raw, "vpc_bandwidth_associate_v2", { bandwidth: own, floating_ips: [eips[0]!.id] });
    },
  ],
  "an EIP in two shared bandwidths": [
    "PublicipInSharedBandwidth",
    "InsertIntoSharedBandwidth",
    async ({ raw, eips }) => {
      for (const name of ["one", "two"]) {
        const bandwidth = text(await make(raw, "vpc_bandwidth_v2", { name, size: 50 }), "id");
        await make(raw, "vpc_bandwidth_associate_v2", { bandwidth, floating_ips: [eips[0]!.id] });
      }
    },
  ],
  "deleting a shared bandwidth with an EIP in it": [
    "BandwidthInUse",
    "DeleteSharedBandwidth",
    async ({ raw, eips }) => {
      const shared = await make(raw, "vpc_bandwidth_v2", { name: "shared", size: 50 });
      await make(raw, "vpc_bandwidth_associate_v2", { bandwidth: text(shared, "id"), floating_ips: [eips[0]!.id] });
      await raw.destroy(shared);
    },
  ],
};

describeRefusals("EIPs and bandwidths", { ...EIPS });
