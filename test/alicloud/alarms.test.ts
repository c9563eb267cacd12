import { TerraformVariable } from "cdktf";
import { AlicloudProvider, type AlarmsProps, InternetNatGateway } from "cdktf-nat/alicloud";
import { type Block, counts, gateway, network, resourcesOf, warnings } from "../support/stacks";

type Fixture = ReturnType<typeof gateway>;

/** The alarms of a stack, by name without the common start. */
function alarms({ stack }: Pick<Fixture, "stack">): Record<string, Block> {
  const blocks = Object.values(resourcesOf(stack, "alicloud_cms_alarm"));
  return Object.fromEntries(blocks.map((block) => [String(block.name).replace("stack-Nat-Alarms-", ""), block]));
}

/** The block of one alarm. */
const alarm = (name: string, project: string, metric: string, of: string, threshold: string, times: unknown = 3) => ({
  name: `stack-Nat-Alarms-${name}`,
  project,
  metric,
  metric_dimensions: `\${jsonencode([{"instanceId" = ${of}}])}`,
  period: 60,
  contact_groups: ["ops"],
  escalations_critical: { comparison_operator: ">", statistics: "Value", threshold, times },
});

const NAT = "alicloud_nat_gateway.Nat_74B082C8.id";
const EGRESS = "alicloud_eip_address.Nat_Egress_C6E47A31.id";
const WEB = "alicloud_eip_address.Nat_Web_AA62074C.id";

/** All alarms of a gateway with two EIPs, with the thresholds by default. */
const ALL = {
  PortAllocationErrors: alarm("PortAllocationErrors", "acs_nat_gateway", "ErrorPortAllocationCount", NAT, "0"),
  Connections: alarm("Connections", "acs_nat_gateway", "SessionActiveConnectionWaterLever", NAT, "80"),
  NewConnections: alarm("NewConnections", "acs_nat_gateway", "SessionNewConnectionWaterLever", NAT, "80"),
  DroppedConnections: alarm("DroppedConnections", "acs_nat_gateway", "SessionLimitDropConnection", NAT, "0"),
  DroppedNewConnections: alarm("DroppedNewConnections", "acs_nat_gateway", "SessionNewLimitDropConnection", NAT, "0"),
  "Bandwidth-Egress": alarm("Bandwidth-Egress", "acs_vpc_eip", "net_out.rate_percentage", EGRESS, "80"),
  "Bandwidth-Web": alarm("Bandwidth-Web", "acs_vpc_eip", "net_out.rate_percentage", WEB, "80"),
};

/** The gateway's alarms with some props. */
function made(props: Partial<AlarmsProps>): Fixture {
  const fixture = gateway();
  fixture.nat.addAlarms("Alarms", { contactGroups: ["ops"], ...props });
  return fixture;
}

describe("addAlarms", () => {
  it("watches gateway and EIPs with thresholds by default, by the statistic that the metrics have", () => {
    const fixture = made({});
    expect(alarms(fixture)).toEqual(ALL);
    expect(counts(fixture.stack)).toEqual({
      alicloud_nat_gateway: 1,
      terraform_data: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
      alicloud_cms_alarm: 7,
    });
  });

  it("watches EIPs that are added later too, for each set of alarms", () => {
    const { stack, nat } = made({});
    nat.addAlarms("More", { contactGroups: ["night"] });
    nat.addEip("Later");
    nat.addEip("Old", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
    const names = Object.values(resourcesOf(stack, "alicloud_cms_alarm")).map(({ name }) => String(name));
    expect(names.filter((name) => name.includes("Bandwidth")).sort()).toEqual([
      "stack-Nat-Alarms-Bandwidth-Egress",
      "stack-Nat-Alarms-Bandwidth-Later",
      "stack-Nat-Alarms-Bandwidth-Old",
      "stack-Nat-Alarms-Bandwidth-Web",
      "stack-Nat-More-Bandwidth-Egress",
      "stack-Nat-More-Bandwidth-Later",
      "stack-Nat-More-Bandwidth-Old",
      "stack-Nat-More-Bandwidth-Web",
    ]);
    expect(alarms({ stack })["Bandwidth-Old"]).toEqual(
      alarm("Bandwidth-Old", "acs_vpc_eip", "net_out.rate_percentage", '"eip-1"', "80"),
    );
  });

  it("watches EIPs that were imported", () => {
    const { stack, vpc } = network();
    const nat = InternetNatGateway.fromAttributes(stack, "Nat", {
      natGatewayId: "ngw-1",
      snatTableId: "stb-1",
      forwardTableId: "ftb-1",
      vpc,
    });
    nat.addAlarms("Alarms", { contactGroups: ["ops"] });
    nat.importEip("Old", { allocationId: "eip-1", publicIp: "203.0.113.7" });
    expect(alarms({ stack })).toEqual(
      Object.fromEntries(
        Object.entries({
          ...ALL,
          "Bandwidth-Old": alarm("Bandwidth-Old", "acs_vpc_eip", "net_out.rate_percentage", '"eip-1"', "80"),
        })
          .filter(([name]) => name !== "Bandwidth-Egress" && name !== "Bandwidth-Web")
          .map(([name, block]) => [
            name,
            { ...block, metric_dimensions: block.metric_dimensions.replace(NAT, '"ngw-1"') },
          ]),
      ),
    );
  });

  it("takes every threshold", () => {
    const fixture = made({
      portAllocationErrors: 1,
      connections: 2,
      newConnections: 3,
      droppedConnections: 4,
      bandwidth: 5.5,
      minutes: 6,
    });
    const thresholds = Object.entries(alarms(fixture)).map(([name, { escalations_critical: critical }]) => [
      name,
      (critical as Block).threshold,
      (critical as Block).times,
    ]);
    expect(thresholds.sort()).toEqual([
      ["Bandwidth-Egress", "5.5", 6],
      ["Bandwidth-Web", "5.5", 6],
      ["Connections", "2", 6],
      ["DroppedConnections", "4", 6],
      ["DroppedNewConnections", "4", 6],
      ["NewConnections", "3", 6],
      ["PortAllocationErrors", "1", 6],
    ]);
  });

  it.each([
    ["portAllocationErrors", ["PortAllocationErrors"]],
    ["connections", ["Connections"]],
    ["newConnections", ["NewConnections"]],
    ["droppedConnections", ["DroppedConnections", "DroppedNewConnections"]],
    ["bandwidth", ["Bandwidth-Egress", "Bandwidth-Web"]],
    ["hostDown", []],
  ])("switches %s off by false", (key, gone) => {
    const expected = Object.keys(ALL).filter((name) => !gone.includes(name));
    expect(Object.keys(alarms(made({ [key]: false }))).sort()).toEqual(expected.sort());
  });

  it("passes tokens on untouched", () => {
    const { stack, nat } = gateway();
    const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
    const list = new TerraformVariable(stack, "groups", {}).listValue;
    nat.addAlarms("Alarms", {
      contactGroups: list,
      connections: number,
      minutes: number,
      portAllocationErrors: false,
      newConnections: false,
      droppedConnections: false,
      bandwidth: false,
    });
    expect(alarms({ stack })).toEqual({
      Connections: {
        ...alarm(
          "Connections",
          "acs_nat_gateway",
          "SessionActiveConnectionWaterLever",
          NAT,
          "${var.number}",
          "${var.number}",
        ),
        contact_groups: "${var.groups}",
      },
    });
  });

  it("tells several groups, through its own provider or the gateway's", () => {
    const { stack, vpc, natVswitch, provider: own } = network();
    const provider = new AlicloudProvider(stack, "Second", { alias: "second" });
    const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch, provider });
    nat.addAlarms("Alarms", { contactGroups: ["ops", "${var.group}"] });
    nat.addAlarms("Own", { contactGroups: ["ops"], provider: own });
    const blocks = Object.values(resourcesOf(stack, "alicloud_cms_alarm"));
    const seen = blocks.map(({ name, provider, contact_groups }) => [
      String(name).split("-")[2],
      provider,
      contact_groups,
    ]);
    expect([...new Set(seen.map((each) => JSON.stringify(each)))].sort()).toEqual([
      '["Alarms","alicloud.second",["ops","${var.group}"]]',
      '["Own","alicloud",["ops"]]',
    ]);
  });

  it.each([
    [{ connections: 0 }, "0"],
    [{ connections: 100 }, "100"],
  ])("takes %j, an edge of the percentages", (props, threshold) => {
    expect(alarms(made(props)).Connections!.escalations_critical).toEqual({
      comparison_operator: ">",
      statistics: "Value",
      threshold,
      times: 3,
    });
  });

  it.each([1, 60])("takes %i minutes", (minutes) => {
    expect(alarms(made({ minutes })).Connections!.escalations_critical).toEqual({
      comparison_operator: ">",
      statistics: "Value",
      threshold: "80",
      times: minutes,
    });
  });

  const percentage = "must be a percentage from 0 to 100, or false, got";
  const number = "must be a number from 0 on, or false, got";
  const fix = "give a threshold, or false to switch the alarm off";
  it.each([
    [{ connections: -1 }, `connections: ${percentage} -1; ${fix}`],
    [{ connections: 101 }, `connections: ${percentage} 101; ${fix}`],
    [{ newConnections: true }, `newConnections: ${percentage} true; ${fix}`],
    [{ bandwidth: "80" }, `bandwidth: ${percentage} "80"; ${fix}`],
    [{ portAllocationErrors: NaN }, `portAllocationErrors: ${number} NaN; ${fix}`],
    [{ droppedConnections: -1 }, `droppedConnections: ${number} -1; ${fix}`],
    [{ hostDown: Infinity }, `hostDown: ${number} Infinity; ${fix}`],
    [{ minutes: 0 }, "minutes: must be a whole number of minutes from 1 to 60, got 0; use 1 or more"],
    [{ minutes: 61 }, "minutes: must be a whole number of minutes from 1 to 60, got 61; use 60 or less"],
    [
      { contactGroups: [] },
      "contactGroups: must name at least one contact group, got []; name the CloudMonitor contact groups that are told",
    ],
    [
      { contactGroups: "ops" },
      'contactGroups: must name at least one contact group, got "ops"; name the CloudMonitor contact groups that are told',
    ],
    [{ contactGroups: ["ops", ""] }, 'contactGroups[1]: must name a contact group, got ""; take it out, or name one'],
    [{ contactGroups: [5] }, "contactGroups[0]: must be text, got 5; put it in quotes, or leave it out"],
    [{ provider: null }, "provider: must be a provider of the stack, got null; pass the provider construct itself"],
    [
      { bandwith: 50 },
      "bandwith: is no alarm, got 50; use portAllocationErrors, connections, newConnections, droppedConnections, bandwidth, hostDown, cpuCredits",
    ],
  ])("refuses %j", (props, message) => {
    expect(() => made(props as Partial<AlarmsProps>)).toThrow(`[stack/Nat/Alarms] ${message}`);
  });

  it("refuses no props at all", () => {
    const { nat } = gateway();
    // @ts-expect-error contact groups are missing
    expect(() => nat.addAlarms("Alarms")).toThrow(
      "[stack/Nat/Alarms] props: must be an object, got undefined; pass the props that the documentation lists",
    );
    // @ts-expect-error there is no such alarm
    expect(() => nat.addAlarms("Other", { contactGroups: ["ops"], bandwith: 50 })).toThrow("bandwith: is no alarm");
  });

  it("warns of a threshold for a host, which a gateway has not, and makes no alarm for it", () => {
    const { stack } = made({ hostDown: 5 });
    expect(alarms({ stack })).toEqual(ALL);
    expect(warnings(stack)).toEqual([
      "[stack/Nat/Alarms] hostDown: this kind of NAT has no metric for it; no alarm is made",
    ]);
  });

  it("warns of nothing where the key of a host is left out, or false", () => {
    expect(warnings(made({}).stack)).toEqual([]);
    expect(warnings(made({ hostDown: false }).stack)).toEqual([]);
  });
});
