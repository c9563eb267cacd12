import { AnnotationMetadataEntryType, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { AlarmSettings } from "../../lib/cdktf/alarm-settings";
import { checkRecipients } from "../../lib/cdktf/check-recipients";
import { alarmThreshold, NAT_ALARMS } from "../../lib/cdktf/nat-alarms";
import type { NatAlarmProps } from "../../lib/cdktf/nat-alarms";

const stack = () => new TerraformStack(Testing.app(), "stack");

describe("the threshold of an alarm", () => {
  it.each([
    ["portAllocationErrors", 0],
    ["connections", 80],
    ["newConnections", 80],
    ["droppedConnections", 0],
    ["bandwidth", 80],
    ["hostDown", 2],
    ["cpuCredits", 20],
  ] as const)("%s is %i by default, and can be switched off", (key, expected) => {
    expect(alarmThreshold(undefined, key, NAT_ALARMS[key])).toBe(expected);
    expect(alarmThreshold(false, key, NAT_ALARMS[key])).toBe(false);
  });

  it.each([
    ["connections", 0],
    ["connections", 100],
    ["bandwidth", 0.5],
    ["hostDown", 0],
    ["droppedConnections", 1_000_000],
  ] as const)("%s can be %d", (key, value) => {
    expect(alarmThreshold(value, key, NAT_ALARMS[key])).toBe(value);
  });

  it("passes a token on", () => {
    const token = new TerraformVariable(stack(), "v", {}).numberValue;
    expect(alarmThreshold(token, "connections", NAT_ALARMS.connections)).toBe(token);
  });

  it.each([
    [
      "connections",
      100.1,
      "connections: must be a percentage from 0 to 100, or false, got 100.1; give a threshold, or false to switch the alarm off",
    ],
    [
      "connections",
      -0.1,
      "connections: must be a percentage from 0 to 100, or false, got -0.1; give a threshold, or false to switch the alarm off",
    ],
    [
      "hostDown",
      -1,
      "hostDown: must be a number from 0 on, or false, got -1; give a threshold, or false to switch the alarm off",
    ],
    [
      "hostDown",
      "2",
      'hostDown: must be a number from 0 on, or false, got "2"; give a threshold, or false to switch the alarm off',
    ],
  ] as const)("%s can't be %j", (key, value, message) => {
    expect(() => alarmThreshold(value as number, key, NAT_ALARMS[key])).toThrow(message);
  });
});

describe("the settings of alarms, with a key of the cloud's own", () => {
  const CLOUD = {
    alarms: { ...NAT_ALARMS, packetsPerSecond: { byDefault: 90, isPercentage: true } },
    recipients: { prop: "topicArns", word: "SNS topic", aWord: "an SNS topic", fix: "name the topics" },
  };
  interface Props extends NatAlarmProps {
    readonly packetsPerSecond?: number | false;
    readonly topicArns: readonly string[];
  }
  const TOPICS = { topicArns: ["arn:1"] };
  const METRICS = [
    { key: "packetsPerSecond", id: "Packets" },
    { key: "packetsPerSecond", id: "MorePackets" },
    { key: "cpuCredits", id: "Credits" },
  ] as const;

  function settings(props: Props) {
    const scope = new Construct(stack(), "Alarms");
    return { scope, settings: new AlarmSettings(scope, props, CLOUD) };
  }
  const warnings = ({ node }: Construct) =>
    node.metadata
      .filter(({ type }) => type === (AnnotationMetadataEntryType.WARN as string))
      .map(({ data }) => data as string);

  it("give each alarm that is on its threshold", () => {
    expect(settings(TOPICS).settings.switchedOn(METRICS)).toEqual([
      { alarm: METRICS[0], threshold: 90 },
      { alarm: METRICS[1], threshold: 90 },
      { alarm: METRICS[2], threshold: 20 },
    ]);
    expect(settings({ ...TOPICS, packetsPerSecond: false, cpuCredits: 0 }).settings.switchedOn(METRICS)).toEqual([
      { alarm: METRICS[2], threshold: 0 },
    ]);
  });

  it("last three minutes, or as many as asked for", () => {
    expect(settings(TOPICS).settings.minutes).toBe(3);
    expect(settings({ ...TOPICS, minutes: 60 }).settings.minutes).toBe(60);
  });

  it("warn of what is asked for and has no metric", () => {
    const asked = settings({ ...TOPICS, packetsPerSecond: 50, bandwidth: 50, connections: false, hostDown: 1 });
    asked.settings.warnWithoutMetric(METRICS);
    expect(warnings(asked.scope)).toEqual([
      "bandwidth: this kind of NAT has no metric for it; no alarm is made",
      "hostDown: this kind of NAT has no metric for it; no alarm is made",
    ]);
  });

  it.each<[object, string]>([
    [
      { packetPerSecond: 5, topicArns: [] },
      "packetPerSecond: is no alarm, got 5; use portAllocationErrors, connections, newConnections, droppedConnections, bandwidth, hostDown, cpuCredits, packetsPerSecond",
    ],
    [
      { ...TOPICS, contactGroups: ["ops"] },
      'contactGroups: is no alarm, got ["ops"]; use portAllocationErrors, connections, newConnections, droppedConnections, bandwidth, hostDown, cpuCredits, packetsPerSecond',
    ],
    [{ topicArns: [], provider: {} }, "topicArns: must name at least one SNS topic, got []; name the topics"],
    [
      { ...TOPICS, provider: {}, packetsPerSecond: 101 },
      "provider: must be a provider of the stack, got {}; pass the provider construct itself",
    ],
    [
      { ...TOPICS, packetsPerSecond: 101, minutes: 0 },
      "packetsPerSecond: must be a percentage from 0 to 100, or false, got 101; give a threshold, or false to switch the alarm off",
    ],
    [{ ...TOPICS, minutes: 61 }, "minutes: must be a whole number of minutes from 1 to 60, got 61; use 60 or less"],
  ])("refuse %j", (props, message) => {
    expect(() => settings(props as Props)).toThrow(`[stack/Alarms] ${message}`);
  });
});

describe("the recipients of alarms", () => {
  const words = { prop: "topicArns", word: "SNS topic", aWord: "an SNS topic", fix: "name the topics" };

  it("may be named, or known only at deploy time", () => {
    const variable = new TerraformVariable(stack(), "v", {});
    for (const given of [["arn:1"], [variable.stringValue], variable.listValue]) {
      expect(() => checkRecipients(given, words)).not.toThrow();
    }
  });

  it.each<[unknown, string]>([
    [undefined, "topicArns: must name at least one SNS topic, got undefined; name the topics"],
    ["arn:1", 'topicArns: must name at least one SNS topic, got "arn:1"; name the topics'],
    [["arn:1", ""], 'topicArns[1]: must name an SNS topic, got ""; take it out, or name one'],
    [[undefined], "topicArns[0]: must name an SNS topic, got undefined; take it out, or name one"],
    [[5], "topicArns[0]: must be text, got 5; put it in quotes, or leave it out"],
  ])("can't be %j", (given, message) => {
    expect(() => checkRecipients(given, words)).toThrow(message);
  });
});
