import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import { SnatEntry, SnatSource } from "cdktf-nat/aws";
import { AwsSelfHostedDnat } from "../../examples/aws-self-hosted-dnat/stack";
import { describeAwsExample, unpacked } from "../support/aws-example";
import type { Values } from "../support/deployment";
import { planned } from "../support/example";

jest.setTimeout(600_000);

const MACHINE = "aws_instance.Nat";
const NIC = "aws_network_interface.Nat_NetworkInterface";
const EIPS = { Egress: "10.0.0.10", Web: "10.0.0.11", Desk: "10.0.0.12" };
const OFFICE = "198.51.100.0/24";

/** What must be the same whatever becomes of the machine and of other EIPs. */
function lasting(resources: Values) {
  const value = (address: string) => resources.get(address) ?? {};
  return {
    nic: [value(NIC).id, value(NIC).private_ip],
    eips: Object.keys(EIPS).map((id) => [value(`aws_eip.Nat_${id}`).id, value(`aws_eip.Nat_${id}`).public_ip]),
    bound: Object.keys(EIPS).map((id) => {
      const association = value(`aws_eip_association.Nat_${id}_Association`);
      return [association.allocation_id, association.network_interface_id, association.private_ip_address];
    }),
    first: value("aws_eip_association.Nat_Egress_Association").id,
    route: [value("aws_route.Nat_ServersRoute").id, value("aws_route.Nat_ServersRoute").network_interface_id],
  };
}

/** The lines of a text in an order of their own: EIPs stand in the order of their public addresses, or of their names. */
function lines(text: string): readonly string[] {
  return text.split("\n").sort();
}

/** What the machine is given. */
function given(resources: Values): readonly string[] {
  return lines(unpacked(resources.get(MACHINE)?.user_data_base64));
}

/** What the machine must be given. */
function rendered(resources: Values): readonly string[] {
  const address = (id: keyof typeof EIPS) => {
    return { publicIp: String(resources.get(`aws_eip.Nat_${id}`)?.public_ip), privateIp: EIPS[id] };
  };
  const [web, desk, backend] = [address("Web"), address("Desk"), { privateIp: "10.0.1.10" }];
  const table = NatTable.of({
    snat: [{ source: "10.0.1.0/24", addresses: [address("Egress")] }],
    dnat: [
      { address: web, protocol: "tcp", publicPort: 443, privatePort: 8443, ...backend },
      { address: web, protocol: "tcp", publicPort: 8080, ...backend, allowFrom: [OFFICE] },
      { address: web, protocol: "udp", publicPort: "7000-7010", privatePort: "8000-8010", ...backend },
      { address: desk, protocol: "any", privateIp: "10.0.1.20", allowFrom: [OFFICE] },
    ],
  });
  const options = { untranslatedCidrs: ["10.0.0.0/16"], idleTimeoutSeconds: 350 };
  return lines(renderCloudConfig(renderHost(table, options)));
}

/** The ingress rules of a security group: protocol, ports and block. */
function letIn(resources: Values, group: unknown): readonly string[] {
  return [...resources]
    .filter(([address]) => address.startsWith("aws_vpc_security_group_ingress_rule."))
    .filter(([, rule]) => rule.security_group_id === group)
    .map(([, rule]) => [rule.ip_protocol, rule.from_port, rule.to_port, rule.cidr_ipv4].join(" "))
    .sort();
}

describeAwsExample({
  name: "aws-self-hosted-dnat",
  makeStack: (app) => new AwsSelfHostedDnat(app, "aws-self-hosted-dnat"),
  tests: (example) => {
    it("binds each EIP to the private address that it names", async () => {
      const resources = await example().deployment.resources();
      expect(resources.get(NIC)?.private_ip_list).toEqual(Object.values(EIPS));
      const nic = resources.get(NIC)?.id;
      expect(lasting(resources).bound).toEqual(
        Object.entries(EIPS).map(([id, privateIp]) => [resources.get(`aws_eip.Nat_${id}`)?.id, nic, privateIp]),
      );
    });

    it("lets in to the NAT and to the backends what the entries say, each rule once", async () => {
      const resources = await example().deployment.resources();
      const group = (address: string) => letIn(resources, resources.get(`aws_security_group.${address}`)?.id);
      expect(group("Nat_SecurityGroup")).toEqual([
        "-1   10.0.1.0/24",
        "-1   10.0.1.20/32",
        "-1   198.51.100.0/24",
        "icmp -1 -1 0.0.0.0/0",
        "tcp 443 443 0.0.0.0/0",
        "tcp 8080 8080 198.51.100.0/24",
        "udp 7000 7010 0.0.0.0/0",
      ]);
      expect(group("WebServers")).toEqual([
        "tcp 8080 8080 198.51.100.0/24",
        "tcp 8443 8443 0.0.0.0/0",
        "udp 8000 8010 0.0.0.0/0",
      ]);
    });

    it("gets what renderHost makes of its entries", async () => {
      const resources = await example().deployment.resources();
      expect(given(resources)).toEqual(rendered(resources));
    });

    it("adds an EIP with an address and an entry of its own, and the others keep theirs", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const eip = stack.nat.addEip("Batch", { privateIp: "10.0.0.13" });
        new SnatEntry(stack, "BatchOut", { nat: stack.nat, source: SnatSource.host("10.0.1.77"), eips: [eip] });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [
            "aws_eip.Nat_Batch",
            "aws_eip_association.Nat_Batch_Association",
            expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.Nat_SecurityGroup_all-/) as unknown as string,
          ],
          update: [NIC, "terraform_data.Nat_Configuration", "terraform_data.Nat_NetworkInterface_Addresses"],
          // The provider takes the further addresses off and puts them on again, and with them the EIPs.
          replace: ["aws_eip_association.Nat_Desk_Association", "aws_eip_association.Nat_Web_Association", MACHINE],
        }),
      );
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.get(NIC)?.private_ip_list).toEqual([...Object.values(EIPS), "10.0.0.13"]);
      expect(after.get(MACHINE)?.id).not.toBe(before.get(MACHINE)?.id);
      expect(lasting(after)).toEqual(lasting(before));
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("takes the EIP and its entry away again, and the others keep theirs", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize();
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.get(NIC)?.private_ip_list).toEqual(Object.values(EIPS));
      expect(lasting(after)).toEqual(lasting(before));
      expect(given(after)).toEqual(rendered(after));
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
