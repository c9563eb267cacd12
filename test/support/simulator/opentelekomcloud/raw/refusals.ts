import type { RawResource } from "../../raw-provider";
import { make, makeBed, type Bed } from "./bed";

/** A refusal: the code, the call that is refused with it, and what provokes it. */
export type Refusal = readonly [code: string, action: string, provoke: (bed: Bed) => Promise<unknown>];

const snatOf = ({ gateway, eips }: Bed, more: object) => ({
  nat_gateway_id: gateway,
  floating_ip_id: eips[0]!.id,
  ...more,
});

const dnatOf = ({ gateway, eips }: Bed, more: object = {}) => ({
  nat_gateway_id: gateway,
  floating_ip_id: eips[0]!.id,
  protocol: "tcp",
  external_service_port: 443,
  internal_service_port: 8443,
  private_ip: "192.168.125.40",
  ...more,
});

/** All ports of an EIP. */
export const ALL = { protocol: "any", external_service_port: 0, internal_service_port: 0 };
/** The id of nothing. */
export const NOBODY = "00000000-0000-4000-a000-000000000000";

/** An SNAT rule of the first EIP. */
export const snat = (bed: Bed, more: object) => make(bed.raw, "nat_snat_rule_v2", snatOf(bed, more));
/** A DNAT rule of the first EIP. */
export const dnat = (bed: Bed, more?: object) => make(bed.raw, "nat_dnat_rule_v2", dnatOf(bed, more));
/** The first EIP on the port. */
export const associate = ({ raw, eips, port }: Bed, more: object = {}) => {
  return make(raw, "networking_floatingip_associate_v2", { floating_ip: eips[0]!.address, port_id: port, ...more });
};
/** A port of the subnet. */
export const port = (bed: Bed, more: object = {}) =>
  make(bed.raw, "networking_port_v2", { network_id: bed.subnet, ...more });
/** A port's address. */
export const fixed = (bed: Bed, ip_address: string) => ({ fixed_ip: [{ subnet_id: bed.neutronSubnet, ip_address }] });
/** A route of the VPC to an address. */
export const route = ({ raw, vpc }: Bed, destination_cidr: string, next_hop: string, router_id = vpc) => {
  return make(raw, "networking_router_route_v2", { router_id, destination_cidr, next_hop });
};
/** A route table of the VPC. */
export const table = ({ raw, vpc }: Bed, routes: readonly object[] = [], more: object = {}) => {
  return make(raw, "vpc_route_table_v1", { vpc_id: vpc, name: "workers", route: routes, ...more });
};
/** A rule of the group. */
export const rule = ({ raw, group }: Bed, more: object = {}) => {
  const open = { direction: "ingress", ethertype: "IPv4", protocol: "tcp", port_range_min: 443, port_range_max: 443 };
  return make(raw, "networking_secgroup_rule_v2", { ...open, security_group_id: group, ...more });
};
/** A resource of the bed, as Terraform would have it. */
export const there = (type: string, id: string, more: object = {}): RawResource => ({
  type: `opentelekomcloud_${type}`,
  state: { id, ...more },
  private: Buffer.alloc(0),
});

/** Tests that every refusal of a table is provoked, by that call and with that code. */
export function describeRefusals(what: string, refusals: Readonly<Record<string, Refusal>>): void {
  describe(`what the simulated Open Telekom Cloud refuses about ${what}`, () => {
    let bed: Awaited<ReturnType<typeof makeBed>>;

    beforeAll(async () => {
      bed = await makeBed();
    });
    beforeEach(() => bed.forget());
    afterAll(() => bed.raw.end());

    test.each(Object.entries(refusals))("%s", async (_name, [code, action, provoke]) => {
      await expect(provoke(bed)).rejects.toThrow(`: ${code}: `);
      const refused = bed.raw.log().filter(({ error }) => error === code);
      expect([...new Set(refused.map((call) => call.action))]).toEqual([action]);
    });
  });
}
