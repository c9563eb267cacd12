import { join } from "node:path";
import type { ProviderDefinition } from "../engine/provider";
import { setRegion } from "../engine/region";
import { alarmRule } from "./provider/alarm-rule";
import { bandwidth } from "./provider/bandwidth";
import { bandwidthAssociate } from "./provider/bandwidth-associate";
import { image, natGatewayData, subnetData, vpcData } from "./provider/data-sources";
import { dnatRule } from "./provider/dnat-rule";
import { eip } from "./provider/eip";
import { floatingIpAssociate } from "./provider/floating-ip-associate";
import { instance } from "./provider/instance";
import { keyPair } from "./provider/key-pair";
import { natGateway } from "./provider/nat-gateway";
import { port } from "./provider/port";
import { routeTable } from "./provider/route-table";
import { routerRoute } from "./provider/router-route";
import { securityGroup } from "./provider/security-group";
import { securityGroupRule } from "./provider/security-group-rule";
import { snatRule } from "./provider/snat-rule";
import { subnet } from "./provider/subnet";
import { topic } from "./provider/topic";
import { vip } from "./provider/vip";
import { vipAssociate } from "./provider/vip-associate";
import { vpc } from "./provider/vpc";

const SCHEMA = join(__dirname, "../../../../schema");

/** The Open Telekom Cloud provider, as far as `schema/opentelekomcloud.json` goes. */
export const opentelekomcloud: ProviderDefinition = {
  source: "registry.terraform.io/opentelekomcloud/opentelekomcloud",
  schemaFile: join(SCHEMA, "opentelekomcloud.json"),
  rulesFile: join(SCHEMA, "opentelekomcloud.rules.json"),
  resources: {
    opentelekomcloud_ces_alarmrule: alarmRule,
    opentelekomcloud_compute_instance_v2: instance,
    opentelekomcloud_compute_keypair_v2: keyPair,
    opentelekomcloud_nat_dnat_rule_v2: dnatRule,
    opentelekomcloud_nat_gateway_v2: natGateway,
    opentelekomcloud_nat_snat_rule_v2: snatRule,
    opentelekomcloud_networking_floatingip_associate_v2: floatingIpAssociate,
    opentelekomcloud_networking_port_v2: port,
    opentelekomcloud_networking_router_route_v2: routerRoute,
    opentelekomcloud_networking_secgroup_rule_v2: securityGroupRule,
    opentelekomcloud_networking_secgroup_v2: securityGroup,
    opentelekomcloud_networking_vip_associate_v2: vipAssociate,
    opentelekomcloud_networking_vip_v2: vip,
    opentelekomcloud_smn_topic_v2: topic,
    opentelekomcloud_vpc_bandwidth_associate_v2: bandwidthAssociate,
    opentelekomcloud_vpc_bandwidth_v2: bandwidth,
    opentelekomcloud_vpc_eip_v1: eip,
    opentelekomcloud_vpc_route_table_v1: routeTable,
    opentelekomcloud_vpc_subnet_v1: subnet,
    opentelekomcloud_vpc_v1: vpc,
  },
  dataSources: {
    opentelekomcloud_images_image_v2: image,
    opentelekomcloud_nat_gateway_v2: natGatewayData,
    opentelekomcloud_vpc_subnet_v1: subnetData,
    opentelekomcloud_vpc_v1: vpcData,
  },
  configure(cloud, config) {
    setRegion(cloud, config.text("region") ?? "eu-de");
  },
};
