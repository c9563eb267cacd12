import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { configureHost, type HostConfigurationProps } from "../../lib/cdktf/host-configuration";
import { escapeTemplate } from "../../lib/cdktf/user-data";
import { Ipv4Address, Ipv4Cidr } from "../../lib/core/ipv4";
import { NatTable } from "../../lib/core/nat-table";
import { renderCloudConfig } from "../../lib/host/cloud-config";
import { renderHost } from "../../lib/host/render-host";
import { mistakes, resolved, resources, synth, warnings } from "../support/stacks";

function host(props: Partial<HostConfigurationProps> = {}) {
  const app = Testing.app();
  const stack = new TerraformStack(app, "stack");
  const nat = new Construct(stack, "Nat");
  const made = configureHost(nat, {
    vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
    subnet: "subnet",
    options: {},
    extraUserData: undefined,
    maxUserDataBytes: 16 * 1024,
    onChange: "replace",
    replacedBy: {},
    ...props,
  });
  return { app, stack, nat, ...made };
}

const TEXT = "Nat_UserData_6B081D46";
const TRIGGER = "terraform_data.Nat_Configuration_B4CAF3B3";

describe("the configuration of a host", () => {
  it("is one local value, and a trigger that replaces the machine when its hash changes", () => {
    const { stack, userData, replaceTriggeredBy } = host();
    expect(resolved(stack, { ...userData })).toEqual({
      gzipBase64: `\${base64gzip(local.${TEXT})}`,
      sha256: `\${sha256(local.${TEXT})}`,
    });
    expect(resolved(stack, replaceTriggeredBy)).toEqual([TRIGGER]);
    expect(resources(stack)).toEqual({ [TRIGGER]: { input: { user_data: `\${sha256(local.${TEXT})}` } } });
    expect(warnings(stack)).toEqual([]);
  });

  it("is replaced by further values too, but by none that is not there", () => {
    const { stack } = host({ replacedBy: { image_id: "ami-1", key_name: undefined } });
    expect(resources(stack)).toEqual({
      [TRIGGER]: { input: { user_data: `\${sha256(local.${TEXT})}`, image_id: "ami-1" } },
    });
  });

  it("has no trigger where no single machine is replaced", () => {
    const { stack, userData, replaceTriggeredBy } = host({ replacedBy: undefined });
    expect(replaceTriggeredBy).toBeUndefined();
    expect(resources(stack)).toEqual({});
    expect(resolved(stack, userData.sha256)).toBe(`\${sha256(local.${TEXT})}`);
    expect(warnings(stack)).toEqual([]);
  });

  it.each([undefined, {}])('warns under onChange "ignore", and has no trigger: %p', (replacedBy) => {
    const { stack, replaceTriggeredBy } = host({ onChange: "ignore", replacedBy });
    expect(replaceTriggeredBy).toBeUndefined();
    expect(resources(stack)).toEqual({});
    expect(warnings(stack)).toEqual([
      '[stack/Nat] onChange: "ignore" leaves the machine as it is when entries, EIPs or options change; they have no ' +
        "effect until the machine is replaced by hand (terraform apply -replace)",
    ]);
  });

  it("writes what its ledger and its options say, and the rest of the user", () => {
    const options = { sshFrom: ["198.51.100.0/24"] };
    const extraUserData = "#cloud-config\nruncmd:\n  - echo ${X}\n";
    const { stack, ledger } = host({ options, extraUserData });
    const ip = { publicIp: "203.0.113.7", privateIp: "10.0.0.4" };
    ledger.addSnatRule(new Construct(stack, "Workers"), {
      id: "stack/Workers",
      source: { kind: "subnet", cidr: Ipv4Cidr.parse("10.0.1.0/24") },
      addresses: [{ id: "Egress", ip: Ipv4Address.parse(ip.publicIp), privateIp: Ipv4Address.parse(ip.privateIp) }],
      eipAffinity: false,
    });
    const table = NatTable.of({ snat: [{ source: "10.0.1.0/24", addresses: [ip] }] });
    const text = renderCloudConfig(renderHost(table, options), extraUserData);
    expect(synth(stack).locals).toEqual({ [TEXT]: escapeTemplate(text) });
  });

  it("fits in the user data of the cloud", () => {
    const { app } = host({ maxUserDataBytes: 100 });
    expect(mistakes(app)).toEqual([
      expect.stringMatching(
        /^\[stack\/Nat\] extraUserData: must leave room for the rules in the 100 bytes of user data that the cloud takes, got "\d+ bytes, compressed"; shorten it$/,
      ),
    ]);
  });
});
