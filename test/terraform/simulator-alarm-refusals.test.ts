import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import { alarm, eventRule, legacy, one } from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { natGatewayId } = legacy;

const REFUSALS: Record<string, Refusal> = {
  "an alarm for a contact group that does not exist": {
    code: "ResourceNotFound",
    action: "PutResourceMetricRule",
    then: one("alicloud_cms_alarm", alarm()),
  },
  "an alarm whose dimensions are not JSON": {
    code: "InvalidParameter",
    action: "PutResourceMetricRule",
    then: {
      alicloud_cms_alarm_contact_group: { ops: { alarm_contact_group_name: "ops" } },
      alicloud_cms_alarm: {
        a: alarm({ metric_dimensions: natGatewayId, depends_on: ["alicloud_cms_alarm_contact_group.ops"] }),
      },
    },
  },
  "an alarm with the statistic Average": {
    code: "InvalidParameter",
    action: "PutResourceMetricRule",
    then: {
      alicloud_cms_alarm_contact_group: { ops: { alarm_contact_group_name: "ops" } },
      alicloud_cms_alarm: {
        a: alarm({
          escalations_critical: [{ threshold: "1" }],
          depends_on: ["alicloud_cms_alarm_contact_group.ops"],
        }),
      },
    },
  },
  "an alarm for a metric that does not exist": {
    code: "ResourceNotFound",
    action: "PutResourceMetricRule",
    then: {
      alicloud_cms_alarm_contact_group: { ops: { alarm_contact_group_name: "ops" } },
      alicloud_cms_alarm: {
        a: alarm({ metric: "SessionCount", depends_on: ["alicloud_cms_alarm_contact_group.ops"] }),
      },
    },
  },
  "an alarm without a threshold": {
    code: "InvalidParameter",
    action: "PutResourceMetricRule",
    then: {
      alicloud_cms_alarm_contact_group: { ops: { alarm_contact_group_name: "ops" } },
      alicloud_cms_alarm: {
        a: alarm({ escalations_critical: null, depends_on: ["alicloud_cms_alarm_contact_group.ops"] }),
      },
    },
  },
  "deleting a contact group that an alarm notifies": {
    code: "ResourceInUse",
    action: "DeleteContactGroup",
    first: one("alicloud_cms_alarm_contact_group", { alarm_contact_group_name: "ops" }),
    then: one("alicloud_cms_alarm", alarm()),
  },
};

const EVENT_REFUSALS: Record<string, Refusal> = {
  "an event rule of an unknown type": {
    code: "InvalidParameter",
    action: "PutEventRule",
    then: one("alicloud_cms_event_rule", eventRule({ event_type_list: ["Failure"] })),
  },
  "an event rule of an unknown level": {
    code: "InvalidParameter",
    action: "PutEventRule",
    then: one("alicloud_cms_event_rule", eventRule({ level_list: ["FATAL"] })),
  },
  "an event rule of an event without its resource type": {
    code: "InvalidParameter",
    action: "PutEventRule",
    then: one("alicloud_cms_event_rule", eventRule({ name_list: ["SystemFailure.Reboot"] })),
  },
  "an event rule that tells a contact group that does not exist": {
    code: "ResourceNotFound",
    action: "PutEventRuleTargets",
    then: one("alicloud_cms_event_rule", eventRule({}, { contact_group_name: "ops" })),
  },
  "an event rule with a recipient without an id": {
    code: "InvalidParameter",
    action: "PutEventRuleTargets",
    first: one("alicloud_cms_alarm_contact_group", { alarm_contact_group_name: "ops" }),
    then: {
      ...one("alicloud_cms_alarm_contact_group", { alarm_contact_group_name: "ops" }),
      ...one("alicloud_cms_event_rule", eventRule({}, { contact_group_name: "ops", contact_parameters_id: "" })),
    },
  },
  "an event rule that tells by an unknown way": {
    code: "InvalidParameter",
    action: "PutEventRuleTargets",
    first: one("alicloud_cms_alarm_contact_group", { alarm_contact_group_name: "ops" }),
    then: {
      ...one("alicloud_cms_alarm_contact_group", { alarm_contact_group_name: "ops" }),
      ...one("alicloud_cms_event_rule", eventRule({}, { contact_group_name: "ops", level: "9" })),
    },
  },
  "deleting a contact group that an event rule tells": {
    code: "ResourceInUse",
    action: "DeleteContactGroup",
    first: {
      alicloud_cms_alarm_contact_group: { a: { alarm_contact_group_name: "ops" } },
      alicloud_cms_event_rule: {
        a: { ...eventRule({}, { contact_group_name: "ops" }), depends_on: ["alicloud_cms_alarm_contact_group.a"] },
      },
    },
    then: one("alicloud_cms_event_rule", eventRule({}, { contact_group_name: "ops" })),
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about alarms", () => {
  let bench: RefusalBench;

  beforeAll(async () => {
    bench = await RefusalBench.start();
  });

  afterAll(async () => bench.stop());

  test.each(Object.entries({ ...REFUSALS, ...EVENT_REFUSALS }))("%s", async (_name, refusal) => {
    const { exitCode, stderr, actions } = await bench.provoke(refusal);
    expect(stderr).toMatch(inOutput(refusal.code));
    expect(exitCode).toBe(1);
    expect(actions).toEqual([refusal.action]);
  });
});
