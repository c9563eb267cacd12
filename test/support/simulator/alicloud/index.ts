import { join } from "node:path";
import type { ProviderDefinition } from "../engine/provider";
import { bandwidthPackage } from "./provider/bandwidth-package";
import { bandwidthPackageAttachment } from "./provider/bandwidth-package-attachment";
import { cmsAlarm } from "./provider/cms-alarm";
import { cmsAlarmContactGroup } from "./provider/cms-alarm-contact-group";
import { cmsEventRule } from "./provider/cms-event-rule";
import { eipAddressList, imageList, natGatewayList, vpcList, vSwitchList, zones } from "./provider/data-sources";
import { eipAddress } from "./provider/eip-address";
import { eipAssociation } from "./provider/eip-association";
import { forwardEntry } from "./provider/forward-entry";
import { instance } from "./provider/instance";
import { ipv4Gateway } from "./provider/ipv4-gateway";
import { natGateway } from "./provider/nat-gateway";
import { networkInterface } from "./provider/network-interface";
import { setRegion } from "../engine/region";
import { routeEntry } from "./provider/route-entry";
import { routeTable } from "./provider/route-table";
import { routeTableAttachment } from "./provider/route-table-attachment";
import { securityGroup } from "./provider/security-group";
import { securityGroupRule } from "./provider/security-group-rule";
import { snatEntry } from "./provider/snat-entry";
import { vpc } from "./provider/vpc";
import { vSwitch } from "./provider/vswitch";

const SCHEMA = join(__dirname, "../../../../schema");

/** The Alibaba Cloud provider, as far as `schema/alicloud.json` goes. */
export const alicloud: ProviderDefinition = {
  source: "registry.terraform.io/aliyun/alicloud",
  schemaFile: join(SCHEMA, "alicloud.json"),
  rulesFile: join(SCHEMA, "alicloud.rules.json"),
  resources: {
    alicloud_cms_alarm: cmsAlarm,
    alicloud_cms_alarm_contact_group: cmsAlarmContactGroup,
    alicloud_cms_event_rule: cmsEventRule,
    alicloud_common_bandwidth_package: bandwidthPackage,
    alicloud_common_bandwidth_package_attachment: bandwidthPackageAttachment,
    alicloud_ecs_network_interface: networkInterface,
    alicloud_eip_address: eipAddress,
    alicloud_eip_association: eipAssociation,
    alicloud_forward_entry: forwardEntry,
    alicloud_instance: instance,
    alicloud_nat_gateway: natGateway,
    alicloud_route_entry: routeEntry,
    alicloud_route_table: routeTable,
    alicloud_route_table_attachment: routeTableAttachment,
    alicloud_security_group: securityGroup,
    alicloud_security_group_rule: securityGroupRule,
    alicloud_snat_entry: snatEntry,
    alicloud_vpc: vpc,
    alicloud_vpc_ipv4_gateway: ipv4Gateway,
    alicloud_vswitch: vSwitch,
  },
  dataSources: {
    alicloud_eip_addresses: eipAddressList,
    alicloud_images: imageList,
    alicloud_nat_gateways: natGatewayList,
    alicloud_vpcs: vpcList,
    alicloud_vswitches: vSwitchList,
    alicloud_zones: zones,
  },
  configure(cloud, config) {
    setRegion(cloud, config.text("region") ?? "cn-beijing");
  },
};
