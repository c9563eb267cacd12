// An app on Alibaba Cloud: N DNAT entries of one gateway.
const { TerraformResource } = require("cdktf");
const { AlicloudProvider } = require("cdktf-nat/alicloud/bindings/provider");

module.exports = { entries: { library, raw } };

function makeProvider(stack) {
  new AlicloudProvider(stack, "alicloud", { region: "cn-hangzhou" });
}

function backend(index) {
  return { publicPort: 1 + (index % 60000), privateIp: `10.0.${index >> 8}.${index % 256}` };
}

function library(stack, count) {
  makeProvider(stack);
  const { DnatEntry, InternetNatGateway } = require("cdktf-nat/alicloud");
  const nat = new InternetNatGateway(stack, "Nat", {
    vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
    vswitch: { id: "vsw-1", cidrBlock: "10.0.255.0/24" },
    limits: { dnatEntries: 100000 },
  });
  const eip = nat.addEip("Web");
  for (let index = 0; index < count; index++) {
    const { publicPort, privateIp } = backend(index);
    new DnatEntry(stack, `In${index}`, { nat, eip, protocol: "tcp", publicPort, privateIp, privatePort: 8080 });
  }
}

function raw(stack, count) {
  makeProvider(stack);
  const { EipAddress } = require("cdktf-nat/alicloud/bindings/eip-address");
  const { EipAssociation } = require("cdktf-nat/alicloud/bindings/eip-association");
  const { ForwardEntry } = require("cdktf-nat/alicloud/bindings/forward-entry");
  const { NatGateway } = require("cdktf-nat/alicloud/bindings/nat-gateway");
  const placement = new TerraformResource(stack, "Placement", { terraformResourceType: "terraform_data" });
  placement.addOverride("input", { vswitch_id: "vsw-1", network_type: "internet" });
  const gateway = new NatGateway(stack, "Nat", {
    vpcId: "vpc-1",
    vswitchId: "vsw-1",
    natType: "Enhanced",
    networkType: "internet",
    internetChargeType: "PayByLcu",
    paymentType: "PayAsYouGo",
    availabilityMode: "CrossAZ",
    eipBindMode: "MULTI_BINDED",
    icmpReplyEnabled: true,
    deletionProtection: false,
    force: false,
    natGatewayName: "bench-Nat",
    lifecycle: { replaceTriggeredBy: [`terraform_data.${placement.friendlyUniqueId}`] },
  });
  const eip = new EipAddress(stack, "Web", {
    addressName: "bench-Nat-Web",
    bandwidth: "100",
    internetChargeType: "PayByTraffic",
    paymentType: "PayAsYouGo",
  });
  const association = new EipAssociation(stack, "WebAssociation", {
    allocationId: eip.id,
    instanceId: gateway.id,
    instanceType: "Nat",
  });
  const forwardTableId = gateway.forwardTableIds;
  const externalIp = eip.ipAddress;
  for (let index = 0; index < count; index++) {
    const { publicPort, privateIp } = backend(index);
    new ForwardEntry(stack, `In${index}`, {
      forwardTableId,
      externalIp,
      externalPort: `${publicPort}`,
      internalIp: privateIp,
      internalPort: "8080",
      ipProtocol: "tcp",
      forwardEntryName: `bench-In${index}`,
      timeouts: { create: "30m", update: "30m", delete: "30m" },
      dependsOn: [association],
    });
  }
}
