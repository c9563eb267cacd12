import { gatewayOf, make, text } from "../support/simulator/opentelekomcloud/raw/bed";
import {
  describeRefusals,
  ALL,
  NOBODY,
  snat,
  dnat,
  associate,
  table,
  there,
  type Refusal,
} from "../support/simulator/opentelekomcloud/raw/refusals";

const GATEWAYS: Record<string, Refusal> = {
  "a gateway with a bad name": [
    "VPC.2002",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { name: "a b" })),
  ],
  "a gateway with a name of 65 characters": [
    "VPC.2002",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { name: "n".repeat(65) })),
  ],
  "a gateway with a description of 256 characters": [
    "VPC.2075",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { description: "d".repeat(256) })),
  ],
  "a gateway of a size that does not exist": [
    "VPC.2001",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { spec: "5" })),
  ],
  "a gateway in a VPC that does not exist": [
    "VPC.2011",
    "CreateNatGateway",
    ({ raw, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(NOBODY, subnet)),
  ],
  "a gateway in a subnet that does not exist": [
    "VPC.2009",
    "CreateNatGateway",
    ({ raw, vpc }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, NOBODY)),
  ],
  "a gateway in a subnet of another VPC": [
    "VPC.2013",
    "CreateNatGateway",
    ({ raw, vpc, farSubnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, farSubnet)),
  ],
  "deleting a gateway with a rule": [
    "VPC.2016",
    "DeleteNatGateway",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await bed.raw.destroy(there("nat_gateway_v2", bed.gateway));
    },
  ],
  "deleting a gateway that a user's route goes to": [
    "VPC.2019",
    "DeleteNatGateway",
    async (bed) => {
      await table(bed, [{ destination: "0.0.0.0/0", type: "nat", nexthop: bed.secondGateway }]);
      await bed.raw.destroy(there("nat_gateway_v2", bed.secondGateway));
    },
  ],
};

const SNAT: Record<string, Refusal> = {
  "an SNAT rule of a subnet and a block": [
    "VPC.2031",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, cidr: "192.168.125.0/25" }),
  ],
  "a block with host bits": ["VPC.2032", "CreateSnatRule", (bed) => snat(bed, { cidr: "192.168.125.7/25" })],
  "a subnet as a Direct Connect source": [
    "VPC.2033",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, source_type: 1 }),
  ],
  "a block outside the VPC's subnets": ["VPC.2034", "CreateSnatRule", (bed) => snat(bed, { cidr: "192.168.127.0/25" })],
  "a block of more than a subnet": ["VPC.2034", "CreateSnatRule", (bed) => snat(bed, { cidr: "192.168.0.0/16" })],
  "a Direct Connect block in a subnet": [
    "VPC.2035",
    "CreateSnatRule",
    (bed) => snat(bed, { cidr: "192.168.0.0/16", source_type: 1 }),
  ],
  "a source type that does not exist": [
    "VPC.2014",
    "CreateSnatRule",
    (bed) => snat(bed, { cidr: "172.16.0.0/24", source_type: 2 }),
  ],
  "blocks that overlap": [
    "VPC.2036",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { cidr: "192.168.125.0/25" });
      await snat(bed, { cidr: "192.168.125.64/26" });
    },
  ],
  "a subnet whose block has a rule": [
    "VPC.2036",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { cidr: "192.168.125.0/25" });
      await snat(bed, { network_id: bed.subnet });
    },
  ],
  "a second rule of one subnet, on another gateway": [
    "VPC.2018",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      const nat_gateway_id = bed.secondGateway;
      await snat(bed, { network_id: bed.subnet, nat_gateway_id, floating_ip_id: bed.eips[1]!.id });
    },
  ],
  "a subnet that does not exist": ["VPC.2009", "CreateSnatRule", (bed) => snat(bed, { network_id: NOBODY })],
  "a subnet of another VPC": ["VPC.2013", "CreateSnatRule", (bed) => snat(bed, { network_id: bed.farSubnet })],
  "a rule on a gateway that does not exist": [
    "VPC.2007",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, nat_gateway_id: NOBODY }),
  ],
  "an SNAT rule on an EIP that does not exist": [
    "VPC.0504",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, floating_ip_id: NOBODY }),
  ],
  "an SNAT rule on the EIP of a port": [
    "VPC.2060",
    "CreateSnatRule",
    async (bed) => {
      await associate(bed);
      await snat(bed, { network_id: bed.subnet });
    },
  ],
  "one EIP on two gateways": [
    "VPC.2061",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await snat(bed, { network_id: bed.other, nat_gateway_id: bed.secondGateway });
    },
  ],
  "an SNAT rule on the EIP of an all-ports rule": [
    "VPC.2074",
    "CreateSnatRule",
    async (bed) => {
      await dnat(bed, ALL);
      await snat(bed, { network_id: bed.subnet });
    },
  ],
};

const DNAT: Record<string, Refusal> = {
  "an all-ports rule on the EIP of an SNAT rule": [
    "VPC.2074",
    "CreateDnatRule",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await dnat(bed, ALL);
    },
  ],
  "an all-ports rule on the EIP of a DNAT rule": [
    "VPC.2073",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { ...ALL, private_ip: "192.168.125.41" });
    },
  ],
  "a DNAT rule on the EIP of an all-ports rule": [
    "VPC.2073",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed, ALL);
      await dnat(bed, { private_ip: "192.168.125.41" });
    },
  ],
  "one EIP, port and protocol twice": [
    "VPC.2024",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { protocol: "6", private_ip: "192.168.125.41" });
    },
  ],
  "one port of a machine twice": [
    "VPC.2023",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { external_service_port: 444 });
    },
  ],
  "all ports of an address that has a rule": [
    "VPC.2028",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { ...ALL, floating_ip_id: bed.eips[1]!.id });
    },
  ],
  "all ports of a port that has a rule": [
    "VPC.2027",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed, { private_ip: null, port_id: bed.port });
      await dnat(bed, { ...ALL, private_ip: null, port_id: bed.port, floating_ip_id: bed.eips[1]!.id });
    },
  ],
  "all ports with a port": ["VPC.2070", "CreateDnatRule", (bed) => dnat(bed, { protocol: "any" })],
  "TCP without a port": ["VPC.2070", "CreateDnatRule", (bed) => dnat(bed, { ...ALL, protocol: "tcp" })],
  "a DNAT rule to a port of another VPC": [
    "VPC.2022",
    "CreateDnatRule",
    async (bed) => {
      const far = await make(bed.raw, "networking_port_v2", { network_id: bed.farSubnet });
      await dnat(bed, { private_ip: null, port_id: text(far, "id") });
    },
  ],
  "a DNAT rule to a virtual IP": ["VPC.2037", "CreateDnatRule", (bed) => dnat(bed, { private_ip: "192.168.125.20" })],
  "a 201st DNAT rule": [
    "VPC.2038",
    "CreateDnatRule",
    async (bed) => {
      const model = await dnat(bed);
      const attributes = bed.raw.objects().find(({ id }) => id === model.state.id)!.attributes;
      for (let index = 1; index < 200; index++) {
        const ports = { external_service_port: 1000 + index, internal_service_port: 1000 + index };
        bed.raw.cloud.put({ type: "DnatRule", id: `dnat-${index}`, attributes: { ...attributes, ...ports } });
      }
      await dnat(bed, { external_service_port: 80, internal_service_port: 80 });
    },
  ],
};

describeRefusals("gateways and their rules", { ...GATEWAYS, ...SNAT, ...DNAT });
