import type { HostProps } from "../../lib/cdktf/host-props";
import { parseHostProps } from "../../lib/cdktf/parse-host-props";
import { Deferred } from "../../lib/core/deferred";

const VPC = { id: "vpc-1", cidr: "10.0.0.0/16", secondaryCidrBlocks: ["10.1.0.0/16"] };
const parse = (props: unknown) => parseHostProps(props as HostProps, { vpc: VPC, idleTimeoutSeconds: 350 });

describe("the props of a host", () => {
  it("keep the VPC's blocks untranslated, and idle flows as long as the cloud's gateway", () => {
    expect(parse({})).toEqual({
      options: { idleTimeoutSeconds: 350, untranslatedCidrs: ["10.0.0.0/16", "10.1.0.0/16"], sshFrom: [] },
      onChange: "replace",
    });
  });

  it("become options, references in them carried", () => {
    const options = {
      ...{ firewall: "iptables", onStateLoss: "reset", portAllocation: "random", icmpReply: false },
      ...{ idleTimeoutSeconds: 60, maxConnections: 1024 },
    };
    const blocks = { clientCidrs: ["${var.c}"], untranslatedCidrs: ["172.16.0.0/12"], sshFrom: ["192.0.2.0/24"] };
    expect(parse({ ...options, ...blocks, onChange: "ignore", securityGroupIds: ["sg-1"], tags: { a: "b" } })).toEqual({
      options: {
        ...options,
        clientCidrs: [Deferred.of("${var.c}")],
        untranslatedCidrs: ["172.16.0.0/12", "10.0.0.0/16", "10.1.0.0/16"],
        sshFrom: ["192.0.2.0/24"],
      },
      onChange: "ignore",
    });
  });

  it.each([
    [
      { idleTimeoutSeconds: 59 },
      "idleTimeoutSeconds: must be a whole number of seconds from 60 to 432000, got 59; use 60 or more",
    ],
    [{ clientCidrs: "10.0.0.0/8" }, 'clientCidrs: must be a list, got "10.0.0.0/8"; use [ ... ]'],
    [
      { securityGroupIds: ["sg-1", ""] },
      'securityGroupIds[1]: must be the id of a security group, got ""; pass it as text, or as the attribute of a resource',
    ],
    [{ icmpReply: 1 }, "icmpReply: must be true or false, got 1; use one of them, or leave it out"],
    [{ tags: [] }, 'tags: must be an object of texts, got []; use a form like { team: "network" }'],
    [{ onChange: "reload" }, 'onChange: must be "replace" or "ignore", got "reload"; use one of them'],
    [
      { extraUserData: "x" },
      'extraUserData: must be a cloud-config, known at synth, got "x"; begin it with "#cloud-config" on a line of its own; values in it may be references',
    ],
  ])("are refused: %j", (props, message) => {
    expect(() => parse(props)).toThrow(message);
  });
});
