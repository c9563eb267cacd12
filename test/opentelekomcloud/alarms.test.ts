import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { TerraformVariable, Token } from "cdktf";
import { type AlarmsProps, SharedBandwidth } from "cdktf-nat/opentelekomcloud";
import { resources, resourcesOf, warnings } from "../support/stacks";
import { gateway, GATEWAY_ID, TOPIC } from "./gateway";

const RULE = "opentelekomcloud_ces_alarmrule";
const ACTIONS = [{ type: "notification", notification_list: [TOPIC] }];

/** The alarm rules of a gateway with some props, by the end of their names. */
function rules(props: Partial<AlarmsProps> = {}, fixture = gateway()) {
  fixture.nat.addAlarms("Alarms", { topicUrns: [TOPIC], ...props });
  return rulesOf(fixture);
}

function rulesOf({ stack }: ReturnType<typeof gateway>) {
  const blocks = Object.values(resourcesOf(stack, RULE));
  return Object.fromEntries(blocks.map((block) => [String(block.alarm_name).replace("stack-Nat-Alarms-", ""), block]));
}

/** A rule on a metric, with what all rules have. */
function rule(name: string, namespace: string, metric: string, dimension: readonly string[], value: number) {
  return {
    alarm_name: `stack-Nat-Alarms-${name}`,
    metric: { namespace, metric_name: metric, dimensions: [{ name: dimension[0], value: dimension[1] }] },
    condition: { period: 1, count: 3, filter: "average", comparison_operator: ">", value },
    alarm_action_enabled: true,
    alarm_actions: ACTIONS,
    ok_actions: ACTIONS,
  };
}

const ofNat = (name: string, metric: string, value: number) =>
  rule(name, "SYS.NAT", metric, ["nat_gateway_id", GATEWAY_ID], value);
const ofEip = (name: string, id: string, value: number) =>
  rule(name, "SYS.VPC", "upstream_bandwidth", ["publicip_id", id], value);

const EGRESS_ID = "${opentelekomcloud_vpc_eip_v1.Nat_Egress_C6E47A31.id}";
const WEB_ID = "${opentelekomcloud_vpc_eip_v1.Nat_Web_AA62074C.id}";

describe("the alarms of a gateway", () => {
  it("watch the gateway, and each EIP by its limit, with thresholds by default", () => {
    expect(rules()).toEqual({
      PortAllocationErrors: ofNat("PortAllocationErrors", "packets_drop_count_eip_port_alloc_beyond", 0),
      Connections: ofNat("Connections", "snat_connection_ratio", 80),
      DroppedConnections: ofNat("DroppedConnections", "packets_drop_count_snat_connection_beyond", 0),
      DroppedPackets: ofNat("DroppedPackets", "packets_drop_count_pps_beyond", 0),
      "Bandwidth-Egress": ofEip("Bandwidth-Egress", EGRESS_ID, 80_000_000),
      "Bandwidth-Web": ofEip("Bandwidth-Web", WEB_ID, 80_000_000),
    });
  });

  it("take thresholds, are switched off by false, and have a provider", () => {
    const fixture = gateway();
    const provider = new OpentelekomcloudProvider(fixture.stack, "Second", { region: "eu-nl", alias: "second" });
    const off = { portAllocationErrors: false, droppedConnections: false } as const;
    const made = rules({ ...off, connections: 50, bandwidth: 12.5, provider }, fixture);
    expect(made).toEqual({
      Connections: { ...ofNat("Connections", "snat_connection_ratio", 50), provider: "opentelekomcloud.second" },
      "Bandwidth-Egress": {
        ...ofEip("Bandwidth-Egress", EGRESS_ID, 12_500_000),
        provider: "opentelekomcloud.second",
      },
      "Bandwidth-Web": { ...ofEip("Bandwidth-Web", WEB_ID, 12_500_000), provider: "opentelekomcloud.second" },
    });
  });

  it("watch EIPs that are added later, and existing ones whose limit is given", () => {
    const fixture = gateway();
    rules({}, fixture);
    fixture.nat.addEip("New", { bandwidthMbps: 10 });
    fixture.nat.addEip("Old", { existing: { eipId: "eip-1", publicIp: "203.0.113.7", bandwidthMbps: 20 } });
    const made = rulesOf(fixture);
    expect(made["Bandwidth-New"]!.condition).toMatchObject({ value: 8_000_000 });
    expect(made["Bandwidth-Old"]).toEqual(ofEip("Bandwidth-Old", "eip-1", 16_000_000));
    expect(warnings(fixture.stack)).toEqual([]);
  });

  it("warn of an EIP whose limit nobody told, unless the alarm is off", () => {
    const existing = { eipId: "eip-1", publicIp: "203.0.113.7" };
    const fixture = gateway();
    fixture.nat.addEip("Old", { existing });
    expect(Object.keys(rules({}, fixture))).not.toContain("Bandwidth-Old");
    expect(warnings(fixture.stack)).toEqual([
      '[stack/Nat/Alarms] bandwidth: the limit of the EIP "stack/Nat/Old" is not known; name it as bandwidthMbps of ' +
        "existing for an alarm",
    ]);
    const silent = gateway();
    silent.nat.addEip("Old", { existing });
    rules({ bandwidth: false }, silent);
    expect(warnings(silent.stack)).toEqual([]);
  });

  it("watch a shared bandwidth once for all its EIPs", () => {
    const fixture = gateway();
    const sharedBandwidth = new SharedBandwidth(fixture.stack, "Bandwidth", { bandwidthMbps: 200 });
    fixture.nat.addEip("One", { sharedBandwidth });
    fixture.nat.addEip("Two", { sharedBandwidth });
    const made = rules({}, fixture);
    const names = Object.keys(made).filter((name) => name.startsWith("Bandwidth"));
    expect(names.sort()).toEqual(["Bandwidth-Egress", "Bandwidth-Web", "Bandwidth-of-stack-Bandwidth"]);
    const [bandwidth] = Object.keys(resourcesOf(fixture.stack, "opentelekomcloud_vpc_bandwidth_v2"));
    expect(made["Bandwidth-of-stack-Bandwidth"]).toEqual(
      rule(
        "Bandwidth-of-stack-Bandwidth",
        "SYS.VPC",
        "upstream_bandwidth",
        ["bandwidth_id", `\${${String(bandwidth)}.id}`],
        160_000_000,
      ),
    );
  });

  it.each([
    [1, { period: 1, count: 1, filter: "average" }],
    [5, { period: 1, count: 5, filter: "average" }],
    [10, { period: 300, count: 2, filter: "min" }],
    [25, { period: 300, count: 5, filter: "min" }],
  ])("count %i minutes in a row", (minutes, condition) => {
    expect(rules({ minutes }).Connections!.condition).toEqual({ ...condition, comparison_operator: ">", value: 80 });
  });

  it("take tokens", () => {
    const fixture = gateway();
    const variable = new TerraformVariable(fixture.stack, "v", {});
    fixture.nat.addEip("New", { bandwidthMbps: variable.numberValue });
    const made = rules({ topicUrns: Token.asList(variable.value), connections: variable.numberValue }, fixture);
    expect(made.Connections).toMatchObject({
      condition: { value: "${var.v}" },
      alarm_actions: [{ type: "notification", notification_list: "${var.v}" }],
    });
    expect(made["Bandwidth-New"]!.condition).toMatchObject({ value: "${((var.v * 80) * 10000)}" });
  });

  it("warn of a threshold that has no metric here", () => {
    const fixture = gateway();
    rules({ newConnections: 50, hostDown: 3, cpuCredits: false }, fixture);
    expect(warnings(fixture.stack)).toEqual([
      "[stack/Nat/Alarms] newConnections: this kind of NAT has no metric for it; no alarm is made",
      "[stack/Nat/Alarms] hostDown: this kind of NAT has no metric for it; no alarm is made",
    ]);
  });

  it.each([
    [{ topicUrns: [] }, "topicUrns: must name at least one topic, got []; name the Simple Message Notification topics"],
    [{ topicUrns: [""] }, 'topicUrns[0]: must name an SMN topic by its URN, got ""; take it out, or name one'],
    [
      { topicUrns: Array.from({ length: 6 }, () => TOPIC) },
      "topicUrns: must be at most 5, got 6; name one topic, and let all of them subscribe to it",
    ],
    [{ minutes: 6 }, "minutes: must be 1 to 5, 10, 15, 20 or 25, got 6; use one of them"],
    [{ minutes: 30 }, "minutes: must be 1 to 5, 10, 15, 20 or 25, got 30; use one of them"],
    [{ connections: 101 }, "connections: must be a percentage from 0 to 100, or false, got 101"],
  ])("refuse %j", (props, message) => {
    const { stack, nat } = gateway();
    expect(() => nat.addAlarms("Alarms", { topicUrns: [TOPIC], ...props })).toThrow(`[stack/Nat/Alarms] ${message}`);
    expect(Object.keys(resources(stack)).filter((address) => address.startsWith(RULE))).toEqual([]);
  });
});
