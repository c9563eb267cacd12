// Apps on AWS: N routes to one gateway, N DNAT entries of one host, N gateways with an EIP and a route each.
const { TerraformResource } = require("cdktf");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");

module.exports = {
  routes: { library: routes, raw: rawRoutes },
  entries: { library: entries, raw: rawEntries },
  gateways: { library: gateways, raw: rawGateways },
};

const VPC = { id: "vpc-1", cidrBlock: "10.0.0.0/16" };
const SUBNET = { id: "subnet-1", cidrBlock: "10.0.255.0/24" };

function makeProvider(stack) {
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
}

function routes(stack, count) {
  makeProvider(stack);
  const { InternetNatGateway } = require("cdktf-nat/aws");
  const nat = new InternetNatGateway(stack, "Nat", { vpc: VPC, subnet: SUBNET });
  for (let index = 0; index < count; index++) nat.addRoute(`Out${index}`, { routeTableId: `rtb-${index}` });
}

function rawRoutes(stack, count) {
  makeProvider(stack);
  const gateway = rawGateway(stack, "Nat", SUBNET.id);
  for (let index = 0; index < count; index++) rawRoute(stack, index, gateway);
}

function gateways(stack, count) {
  makeProvider(stack);
  const { InternetNatGateway } = require("cdktf-nat/aws");
  for (let index = 0; index < count; index++) {
    const subnet = { id: `subnet-${index}`, cidrBlock: `10.0.${index >> 4}.${(index % 16) * 16}/28` };
    const nat = new InternetNatGateway(stack, `Nat${index}`, { vpc: VPC, subnet });
    nat.addRoute("Out", { routeTableId: `rtb-${index}` });
  }
}

function rawGateways(stack, count) {
  makeProvider(stack);
  for (let index = 0; index < count; index++) {
    rawRoute(stack, index, rawGateway(stack, `Nat${index}`, `subnet-${index}`));
  }
}

function rawGateway(stack, id, subnetId) {
  const { NatGateway } = require("@cdktf/provider-aws/lib/nat-gateway");
  const eip = rawEip(stack, `${id}Eip`, `bench-${id}-PrimaryEip`);
  return new NatGateway(stack, id, {
    connectivityType: "public",
    subnetId,
    allocationId: eip.allocationId,
    secondaryAllocationIds: [],
    tags: { Name: `bench-${id}` },
  });
}

function rawEip(stack, id, name) {
  const { Eip } = require("@cdktf/provider-aws/lib/eip");
  return new Eip(stack, id, { domain: "vpc", tags: { Name: name }, lifecycle: { createBeforeDestroy: true } });
}

function rawRoute(stack, index, gateway) {
  const { Route } = require("@cdktf/provider-aws/lib/route");
  new Route(stack, `Out${index}`, {
    routeTableId: `rtb-${index}`,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: gateway.id,
  });
}

const EVERYONE = "0.0.0.0/0";

function backend(index) {
  return { publicPort: 1 + index, privateIp: `10.0.${index >> 8}.${index % 256}`, privatePort: 8080 };
}

function entries(stack, count) {
  makeProvider(stack);
  const { DnatEntry, SelfHostedNatInstance } = require("cdktf-nat/aws");
  const nat = new SelfHostedNatInstance(stack, "Nat", { vpc: VPC, subnet: SUBNET });
  const eip = nat.addEip("Web");
  for (let index = 0; index < count; index++) {
    new DnatEntry(stack, `In${index}`, { nat, eip, protocol: "tcp", ...backend(index), allowFrom: [EVERYONE] });
  }
}

/** The same resources, with user data in which a line stands for each entry: what would be written by hand. */
function rawEntries(stack, count) {
  makeProvider(stack);
  const { DataAwsPartition } = require("@cdktf/provider-aws/lib/data-aws-partition");
  const { DataAwsSsmParameter } = require("@cdktf/provider-aws/lib/data-aws-ssm-parameter");
  const { EipAssociation } = require("@cdktf/provider-aws/lib/eip-association");
  const { IamInstanceProfile } = require("@cdktf/provider-aws/lib/iam-instance-profile");
  const { IamRole } = require("@cdktf/provider-aws/lib/iam-role");
  const { IamRolePolicyAttachment } = require("@cdktf/provider-aws/lib/iam-role-policy-attachment");
  const { Instance } = require("@cdktf/provider-aws/lib/instance");
  const { NetworkInterface } = require("@cdktf/provider-aws/lib/network-interface");
  const { SecurityGroup } = require("@cdktf/provider-aws/lib/security-group");
  const { VpcSecurityGroupEgressRule } = require("@cdktf/provider-aws/lib/vpc-security-group-egress-rule");
  const tags = { Name: "bench-Nat" };
  const group = new SecurityGroup(stack, "SecurityGroup", { description: "NAT", vpcId: VPC.id, tags });
  new VpcSecurityGroupEgressRule(stack, "Egress", {
    securityGroupId: group.id,
    ipProtocol: "-1",
    cidrIpv4: EVERYONE,
  });
  const networkInterface = new NetworkInterface(stack, "NetworkInterface", {
    subnetId: SUBNET.id,
    securityGroups: [group.id],
    sourceDestCheck: false,
    tags,
  });
  new EipAssociation(stack, "EipAssociation", {
    allocationId: rawEip(stack, "Eip", "bench-Nat-Web").allocationId,
    networkInterfaceId: networkInterface.id,
    privateIpAddress: networkInterface.privateIp,
  });
  const role = new IamRole(stack, "Role", { assumeRolePolicy: "{}", tags });
  const partition = new DataAwsPartition(stack, "Partition");
  new IamRolePolicyAttachment(stack, "Policy", {
    role: role.name,
    policyArn: `arn:${partition.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
  });
  const userData = rawUserData(count);
  const configuration = new TerraformResource(stack, "Configuration", { terraformResourceType: "terraform_data" });
  configuration.addOverride("input", { user_data: userData });
  new Instance(stack, "Nat", {
    ami: new DataAwsSsmParameter(stack, "Image", { name: "image" }).insecureValue,
    instanceType: "t4g.small",
    iamInstanceProfile: new IamInstanceProfile(stack, "Profile", { role: role.name, tags }).name,
    metadataOptions: { httpTokens: "required" },
    networkInterface: [{ deviceIndex: 0, networkInterfaceId: networkInterface.id }],
    rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 8, tags },
    userDataBase64: userData,
    tags,
    lifecycle: {
      ignoreChanges: ["ami", "user_data_base64"],
      replaceTriggeredBy: [`terraform_data.${configuration.friendlyUniqueId}`],
    },
  });
  rawIngress(stack, "Icmp", { securityGroupId: group.id, ipProtocol: "icmp", fromPort: -1, toPort: -1 });
  for (let index = 0; index < count; index++) {
    const port = backend(index).publicPort;
    rawIngress(stack, `In${index}`, { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port });
  }
}

function rawIngress(stack, id, rule) {
  const { VpcSecurityGroupIngressRule } = require("@cdktf/provider-aws/lib/vpc-security-group-ingress-rule");
  new VpcSecurityGroupIngressRule(stack, id, { ...rule, cidrIpv4: EVERYONE });
}

function rawUserData(count) {
  const rules = Array.from({ length: count }, (_, index) => {
    const { publicPort, privateIp, privatePort } = backend(index);
    return `tcp dport ${publicPort} dnat to ${privateIp}:${privatePort}`;
  });
  return ["#cloud-config", ...rules].join("\n");
}
