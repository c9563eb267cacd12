import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import { SnatEntry, SnatSource } from "cdktf-nat/aws";
import type { SelfHostedNatInstanceProps } from "cdktf-nat/aws";
import { AwsSelfHosted } from "../../examples/aws-self-hosted/stack";
import { describeAwsExample, unpacked } from "../support/aws-example";
import type { Values } from "../support/deployment";
import { planned } from "../support/example";

jest.setTimeout(600_000);

const MACHINE = "aws_instance.Nat";
const TEMPLATE = "aws_launch_template.Nat_LaunchTemplate";
const SCALING = "aws_autoscaling_group.Nat";
const UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id";
const ALARMS = ["Bandwidth", "Cpu", "CpuCredits", "HostDown"].map(
  (id) => `aws_cloudwatch_metric_alarm.Nat_Alarms_${id}`,
);

/** How the deployment is brought back when its machine dies, which a test changes. */
let recovery: SelfHostedNatInstanceProps["recovery"];

/** What must be the same whatever becomes of the machine. */
function lasting(resources: Values) {
  const value = (address: string) => resources.get(address) ?? {};
  const nic = value("aws_network_interface.Nat_NetworkInterface");
  const eip = value("aws_eip.Nat_Egress");
  const association = value("aws_eip_association.Nat_Egress_Association");
  const route = value("aws_route.Nat_PrivateRoute");
  return {
    nic: [nic.id, nic.private_ip],
    eip: [eip.id, eip.allocation_id, eip.public_ip],
    association: [association.id, association.allocation_id, association.network_interface_id],
    route: [route.id, route.network_interface_id],
  };
}

/** What the machine must be given: these blocks go out through the EIP. */
function rendered(resources: Values, sources: readonly string[]): string {
  const { private_ip: privateIp } = resources.get("aws_network_interface.Nat_NetworkInterface") ?? {};
  const { public_ip: publicIp } = resources.get("aws_eip.Nat_Egress") ?? {};
  const addresses = [{ publicIp: String(publicIp), privateIp: String(privateIp) }];
  const table = NatTable.of({ snat: sources.map((source) => ({ source, addresses })) });
  return renderCloudConfig(renderHost(table, { untranslatedCidrs: ["10.0.0.0/16"], idleTimeoutSeconds: 350 }));
}

function addEntry(stack: AwsSelfHosted): void {
  const { nat, egress } = stack;
  new SnatEntry(stack, "PeerOut", { nat, source: SnatSource.cidr("10.0.3.0/24"), eips: [egress] });
}

const ENTRY_RULE = expect.stringMatching(
  /^aws_vpc_security_group_ingress_rule\.Nat_SecurityGroup_all-/,
) as unknown as string;

describeAwsExample({
  name: "aws-self-hosted",
  makeStack: (app) => new AwsSelfHosted(app, "aws-self-hosted", recovery),
  tests: (example) => {
    it("runs on an interface of its own, which the EIP and the route point to", async () => {
      const resources = await example().deployment.resources();
      const value = (address: string) => resources.get(address) ?? {};
      const nic = value("aws_network_interface.Nat_NetworkInterface");
      expect(nic).toMatchObject({ source_dest_check: false, subnet_id: value("aws_subnet.NatSubnet").id });
      expect(value(MACHINE)).toMatchObject({
        ami: value("data.aws_ssm_parameter.Nat_Image").insecure_value,
        instance_type: "t4g.small",
        primary_network_interface_id: nic.id,
        private_ip: nic.private_ip,
        iam_instance_profile: value("aws_iam_instance_profile.Nat_SessionManager").name,
        metadata_options: [{ http_tokens: "required", http_endpoint: "enabled", http_put_response_hop_limit: 1 }],
        maintenance_options: [{ auto_recovery: "default" }],
        root_block_device: [{ volume_type: "gp3", encrypted: true, volume_size: 8, delete_on_termination: true }],
      });
      expect(value("aws_iam_role_policy_attachment.Nat_SessionManager_Policy")).toMatchObject({
        role: value("aws_iam_role.Nat_SessionManager_Role").name,
        policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      });
      expect(lasting(resources)).toMatchObject({
        association: [expect.any(String), value("aws_eip.Nat_Egress").id, nic.id],
        route: [expect.any(String), nic.id],
      });
      for (const alarm of ALARMS) expect(value(alarm).dimensions).toEqual({ InstanceId: value(MACHINE).id });
    });

    it("gets what renderHost makes of its entries, byte for byte", async () => {
      const resources = await example().deployment.resources();
      const given = unpacked(resources.get(MACHINE)?.user_data_base64);
      expect(given).toBe(rendered(resources, ["10.0.1.0/24", "10.0.2.0/24"]));
    });

    it("replaces nothing when a newer image is published", async () => {
      const { deployment, moto } = example();
      const newer = await moto.publishImage(UBUNTU);
      expect(newer).not.toBe((await deployment.resources()).get(MACHINE)?.ami);
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("replaces the machine when an entry comes, and keeps its interface, addresses, EIP and route", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize(addEntry);
      expect(await deployment.plan()).toEqual(
        planned({
          create: [ENTRY_RULE],
          update: [...ALARMS, "terraform_data.Nat_Configuration"],
          replace: [MACHINE],
        }),
      );
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.get(MACHINE)?.id).not.toBe(before.get(MACHINE)?.id);
      expect(after.get(MACHINE)?.private_ip).toBe(before.get(MACHINE)?.private_ip);
      expect(lasting(after)).toEqual(lasting(before));
      const given = unpacked(after.get(MACHINE)?.user_data_base64);
      expect(given).toBe(rendered(after, ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]));
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("hands the interface on to a group of one when recovery becomes auto-scaling and an entry goes", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      recovery = "auto-scaling";
      await deployment.synthesize();
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.has(MACHINE)).toBe(false);
      expect(lasting(after)).toEqual(lasting(before));
      expect(after.get(TEMPLATE)).toMatchObject({
        image_id: `resolve:ssm:${UBUNTU}`,
        network_interfaces: [{ network_interface_id: lasting(before).nic[0], delete_on_termination: "false" }],
        metadata_options: [{ http_tokens: "required" }],
      });
      expect(unpacked(after.get(TEMPLATE)?.user_data)).toBe(rendered(after, ["10.0.1.0/24", "10.0.2.0/24"]));
      expect(await deployment.plan()).toEqual(planned({}));
    });

    // That the group then replaces its machine is beyond the moto server.
    it("rolls out a change of entries by another template, which the group refreshes its machine with", async () => {
      const { deployment } = example();
      await deployment.synthesize(addEntry);
      expect(await deployment.plan()).toEqual(
        planned({
          create: [ENTRY_RULE],
          update: [SCALING, "terraform_data.Nat_Configuration"],
          replace: [TEMPLATE],
        }),
      );
      const group = (await deployment.plannedValues()).get(SCALING);
      expect(group?.instance_refresh).toEqual([
        expect.objectContaining({
          strategy: "Rolling",
          preferences: [expect.objectContaining({ min_healthy_percentage: 0, max_healthy_percentage: 100 })],
        }),
      ]);
      expect(group).toMatchObject({ min_size: 1, max_size: 1, desired_capacity: 1, health_check_type: "EC2" });
    });
  },
});
