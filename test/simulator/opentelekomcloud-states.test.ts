import { opentelekomcloud } from "../support/simulator/opentelekomcloud";
import { createDnatRule } from "../support/simulator/opentelekomcloud/api/dnat-rule";
import { applyEip, deleteEip, updateEip } from "../support/simulator/opentelekomcloud/api/eip";
import {
  createNatGateway,
  showNatGateway,
  updateNatGateway,
} from "../support/simulator/opentelekomcloud/api/nat-gateway";
import { createServer, startServer, stopServer } from "../support/simulator/opentelekomcloud/api/server";
import { createSnatRule } from "../support/simulator/opentelekomcloud/api/snat-rule";
import { createSubnet, showSubnet, updateSubnet } from "../support/simulator/opentelekomcloud/api/subnet";
import { natGateways, subnets, vpcs } from "../support/simulator/opentelekomcloud/api/tables";
import { createVpc } from "../support/simulator/opentelekomcloud/api/vpc";
import { images } from "../support/simulator/opentelekomcloud/api/images";
import { RawProvider } from "../support/simulator/raw-provider";
import type { Cloud } from "../support/simulator/engine/cloud";

const NEVER = 0.001;
const VPC = { name: "main", description: "", cidr: "192.168.0.0/16" };
const EIP = {
  name: "",
  type: "5_bgp",
  bandwidth: { name: "egress", size: 10, share_type: "PER", charge_mode: "traffic" },
};

const subnetIn = (vpc_id: string) => ({
  name: "nat",
  description: "",
  cidr: "192.168.125.0/24",
  vpc_id,
  gateway_ip: "192.168.125.1",
  dhcp_enable: true,
  dns_list: [],
  primary_dns: "",
  secondary_dns: "",
  availability_zone: "eu-de-01",
  ntp_addresses: "",
});

/** A VPC that is there, in a cloud where nothing that takes time is ever done. */
async function vpcIn(cloud: Cloud): Promise<string> {
  const id = await cloud.call(createVpc, VPC);
  vpcs.change(cloud, id, { status: "OK" });
  return id;
}

async function subnetOf(cloud: Cloud): Promise<{ vpc: string; subnet: string }> {
  const vpc = await vpcIn(cloud);
  return { vpc, subnet: await cloud.call(createSubnet, subnetIn(vpc)) };
}

async function gatewayIn(cloud: Cloud): Promise<{ gateway: string; subnet: string }> {
  const { vpc, subnet } = await subnetOf(cloud);
  const request = { name: "nat", description: "", spec: "1", router_id: vpc, internal_network_id: subnet };
  return { gateway: await cloud.call(createNatGateway, request), subnet };
}

async function serverIn(cloud: Cloud): Promise<string> {
  const { subnet } = await subnetOf(cloud);
  return await cloud.call(createServer, {
    name: "host",
    image_id: images[0]!.id,
    flavor_id: "s3.medium.1",
    key_name: "",
    user_data: "",
    metadata: {},
    volume_size: 4,
    networks: [{ uuid: subnet }],
    security_groups: [],
  });
}

const STATES: Record<string, readonly [code: string, provoke: (cloud: Cloud) => Promise<unknown>]> = {
  "a subnet of a VPC that is not there yet": [
    "VPC.0004",
    async (cloud) => cloud.call(createSubnet, subnetIn(await cloud.call(createVpc, VPC))),
  ],
  "a change of a subnet that is not there yet": [
    "VPC.0205",
    async (cloud) => cloud.call(updateSubnet, { id: (await subnetOf(cloud)).subnet, name: "renamed" }),
  ],
  "an SNAT rule of a gateway that is not there yet": [
    "VPC.2004",
    async (cloud) => {
      const { gateway, subnet } = await gatewayIn(cloud);
      const rule = { nat_gateway_id: gateway, network_id: subnet, cidr: "", source_type: 0, floating_ip_id: "" };
      await cloud.call(createSnatRule, rule);
    },
  ],
  "a DNAT rule of a gateway that is being changed": [
    "VPC.2004",
    async (cloud) => {
      const { gateway } = await gatewayIn(cloud);
      natGateways.change(cloud, gateway, { status: "ACTIVE" }, null);
      await cloud.call(updateNatGateway, { id: gateway, name: "renamed", description: "", spec: "2" });
      await cloud.call(createDnatRule, {
        nat_gateway_id: gateway,
        port_id: "",
        private_ip: "192.168.125.40",
        internal_service_port: 443,
        external_service_port: 443,
        protocol: "tcp",
        floating_ip_id: "",
      });
    },
  ],
  "a DNAT rule to a port and an address": [
    "VPC.2055",
    async (cloud) => {
      const { gateway } = await gatewayIn(cloud);
      natGateways.change(cloud, gateway, { status: "ACTIVE" }, null);
      await cloud.call(createDnatRule, {
        nat_gateway_id: gateway,
        port_id: "port",
        private_ip: "192.168.125.40",
        internal_service_port: 443,
        external_service_port: 443,
        protocol: "tcp",
        floating_ip_id: "",
      });
    },
  ],
  "a change of a gateway that is not there yet": [
    "VPC.2004",
    async (cloud) => {
      const { gateway } = await gatewayIn(cloud);
      await cloud.call(updateNatGateway, { id: gateway, name: "renamed", description: "", spec: "2" });
    },
  ],
  "an SNAT rule on an EIP that is not there yet": [
    "VPC.0512",
    async (cloud) => {
      const { gateway, subnet } = await gatewayIn(cloud);
      natGateways.change(cloud, gateway, { status: "ACTIVE" }, null);
      const floating_ip_id = await cloud.call(applyEip, EIP);
      const rule = { nat_gateway_id: gateway, network_id: subnet, cidr: "", source_type: 0, floating_ip_id };
      await cloud.call(createSnatRule, rule);
    },
  ],
  "binding an EIP that is not there yet": [
    "VPC.0512",
    async (cloud) => cloud.call(updateEip, { id: await cloud.call(applyEip, EIP), port_id: "" }),
  ],
  "deleting an EIP that is not there yet": [
    "VPC.0512",
    async (cloud) => cloud.call(deleteEip, { id: await cloud.call(applyEip, EIP) }),
  ],
  "stopping a machine that does not run yet": [
    "conflictingRequest",
    async (cloud) => cloud.call(stopServer, { id: await serverIn(cloud) }),
  ],
  "starting a machine that was not stopped": [
    "conflictingRequest",
    async (cloud) => cloud.call(startServer, { id: await serverIn(cloud) }),
  ],
};

describe("what the API of the simulated Open Telekom Cloud refuses, mostly while something takes its time", () => {
  let raw: RawProvider;

  beforeEach(() => {
    raw = new RawProvider(opentelekomcloud, NEVER);
  });
  afterEach(() => raw.end());

  test.each(Object.entries(STATES))("%s", async (_name, [code, provoke]) => {
    await expect(provoke(raw.cloud)).rejects.toMatchObject({ code });
  });

  test("things are PENDING, or not ACTIVE, until they are there", async () => {
    const { gateway, subnet } = await gatewayIn(raw.cloud);
    expect((await raw.cloud.call(showNatGateway, { id: gateway })).status).toBe("PENDING_CREATE");
    expect((await raw.cloud.call(showSubnet, { id: subnet })).status).toBe("UNKNOWN");
    expect(subnets.get(raw.cloud, subnet).cidr).toBe("192.168.125.0/24");
  });

  test("the provider gives up on what is never there, and keeps nothing of it", async () => {
    const vpc = await vpcIn(raw.cloud);
    const config = { name: "nat", cidr: "192.168.125.0/24", gateway_ip: "192.168.125.1", vpc_id: vpc };
    const apply = raw.apply("opentelekomcloud_vpc_subnet_v1", config);
    await expect(apply).rejects.toThrow("timeout while waiting for subnet");
    await expect(apply).rejects.toMatchObject({ left: undefined });
  });

  test("a VPC that is never there is kept, for it has its id at once", async () => {
    const apply = raw.apply("opentelekomcloud_vpc_v1", { name: "main", cidr: "192.168.0.0/16" });
    await expect(apply).rejects.toMatchObject({ left: { state: { name: "main", cidr: "192.168.0.0/16" } } });
  });
});
