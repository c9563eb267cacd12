import { Deferred, type HostOptions, hostWarnings, NatTable, type NatTableSpec, renderHost } from "cdktf-nat";

const TABLE = NatTable.of({ snat: [{ source: "10.0.1.0/24" }] });

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

describe("renderHost refuses", () => {
  it.each<[string, unknown, string]>([
    [
      "an unknown firewall",
      { firewall: "ufw" },
      'firewall: must be "nftables", "iptables" or "firewalld", got "ufw"; use one of them',
    ],
    [
      "an empty list of clients",
      { clientCidrs: [] },
      "clientCidrs: must not be empty, got []; leave it out for the SNAT sources and Any Port backends",
    ],
    [
      "a client with host bits",
      { clientCidrs: ["10.0.1.0/24", "10.0.2.1/24"] },
      'clientCidrs[1]: host bits must be zero, got "10.0.2.1/24"; use "10.0.2.0/24"',
    ],
    ["a list that is none", { sshFrom: "10.0.0.0/8" }, 'sshFrom: must be a list, got "10.0.0.0/8"; use [ ... ]'],
    [
      "a timeout below the shortest",
      { idleTimeoutSeconds: 59 },
      "idleTimeoutSeconds: must be a whole number of seconds from 60 to 432000, got 59; use 60 or more",
    ],
    [
      "a timeout above the longest",
      { idleTimeoutSeconds: 432_001 },
      "idleTimeoutSeconds: must be a whole number of seconds from 60 to 432000, got 432001; use 432000 or less",
    ],
    [
      "too few connections",
      { maxConnections: 1023 },
      "maxConnections: must be a whole number of connections from 1024 to 16777216, got 1023; use 1024 or more",
    ],
    [
      "too many connections",
      { maxConnections: 16_777_217 },
      "maxConnections: must be a whole number of connections from 1024 to 16777216, got 16777217; use 16777216 or less",
    ],
    ["a flag that is none", { icmpReply: "no" }, 'icmpReply: must be true or false, got "no"; use one of them'],
    [
      "another way to lose state",
      { onStateLoss: "drop" },
      'onStateLoss: must be "survive" or "reset", got "drop"; use one of them',
    ],
    [
      "another way to choose ports",
      { portAllocation: "Random" },
      'portAllocation: must be "preserve" or "random", got "Random"; use "random"',
    ],
    [
      "an unknown option",
      { firewal: "nftables" },
      'firewal: is not known here, got "firewal"; use firewall, clientCidrs, untranslatedCidrs, sshFrom, onStateLoss, portAllocation, idleTimeoutSeconds, maxConnections, icmpReply, privateInterface, publicInterface',
    ],
    [
      "a name of an interface that a shell would read",
      { publicInterface: { name: "eth0; reboot" } },
      'publicInterface.name: must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit, got "eth0; reboot"; use the name that the system gives it, such as "eth1"',
    ],
    [
      "one interface twice",
      { privateInterface: { name: "eth0" }, publicInterface: { name: "eth0" } },
      'publicInterface.name: must be another interface than privateInterface, got "eth0"; name the other one',
    ],
    [
      "an address of an interface without a prefix length",
      { privateInterface: { name: "eth0", address: "10.0.2.5" } },
      'privateInterface.address: must be an address with a prefix length, got "10.0.2.5"; use a form like "10.0.2.5/24"',
    ],
    [
      "a route to no block",
      { privateInterface: { name: "eth0", routes: [{ destination: "10.9.0.0", via: "10.0.0.1" }] } },
      'privateInterface.routes[0].destination: must have a prefix length, got "10.9.0.0"; use "10.9.0.0/32"',
    ],
    [
      "a gateway that is no address",
      { privateInterface: { name: "eth0", routes: [{ destination: "10.9.0.0/16", via: "gw" }] } },
      'privateInterface.routes[0].via: must be an IPv4 address of four decimal numbers from 0 to 255, got "gw"; use one such as "10.0.1.10"',
    ],
    [
      "deferred text that is no reference",
      { sshFrom: [Deferred.of("1.2.3.0/24; }")] },
      'sshFrom[0]: must be a reference "${...}" that stands for an address or a block, got "1.2.3.0/24; }"; give the reference itself, or an address as text',
    ],
    [
      "a reference with more around it",
      { sshFrom: [Deferred.of("${a.b} accept")] },
      'sshFrom[0]: must be a reference "${...}" that stands for an address or a block, got "${a.b} accept"; give the reference itself, or an address as text',
    ],
  ])("%s", (_name, options, message) => {
    expect(messageOf(() => renderHost(TABLE, options as HostOptions))).toBe(message);
  });

  it("everything that is wrong at once", () => {
    expect(messageOf(() => renderHost(TABLE, { clientCidrs: ["10.0.1.1/24"], maxConnections: 0 }))).toBe(
      [
        "2 errors",
        'clientCidrs[0]: host bits must be zero, got "10.0.1.1/24"; use "10.0.1.0/24"',
        "maxConnections: must be a whole number of connections from 1024 to 16777216, got 0; use 1024 or more",
      ].join("\n"),
    );
  });

  it("a table with mistakes", () => {
    const { snat } = TABLE;
    const table = NatTable.fromRules({ snat: [...snat, ...snat.map((rule) => ({ ...rule, id: "again" }))], dnat: [] });
    expect(messageOf(() => renderHost(table))).toMatch(/^\[again\] source: SNAT entry "snat\[0\]" has the same source/);
  });

  it.each<[string, NatTableSpec, string]>([
    ["a source", { snat: [{ source: Deferred.of("all") }] }, "[snat[0]] source"],
    ["an address", { snat: [{ source: "10.0.0.0/24", addresses: [Deferred.of("x")] }] }, "[snat[0]] addresses"],
    [
      "a private address",
      {
        snat: [{ source: "10.0.0.0/24", addresses: [{ publicIp: "203.0.113.1", privateIp: Deferred.of("x") }] }],
      },
      "[snat[0]] addresses",
    ],
    [
      "a backend",
      { dnat: [{ address: "203.0.113.1", protocol: "any", privateIp: Deferred.of("x") }] },
      "[dnat[0]] privateIp",
    ],
    [
      "allowFrom",
      {
        dnat: [
          { address: "203.0.113.1", protocol: "any", privateIp: "10.0.0.1", allowFrom: [Deferred.of("${a}\n${b}")] },
        ],
      },
      "[dnat[0]] allowFrom",
    ],
  ])("deferred text that is no reference as %s", (_name, spec, prop) => {
    const { message } = (() => {
      try {
        renderHost(NatTable.of(spec));
        return { message: "" };
      } catch (error) {
        return error as Error;
      }
    })();
    expect(
      message.startsWith(`${prop}: must be a reference "\${...}" that stands for an address or a block, got `),
    ).toBe(true);
  });
});

describe("renderHost takes", () => {
  it.each<[string, HostOptions]>([
    ["the shortest timeout", { idleTimeoutSeconds: 60 }],
    ["the longest timeout", { idleTimeoutSeconds: 432_000 }],
    ["the fewest connections", { maxConnections: 1024 }],
    ["the most connections", { maxConnections: 16_777_216 }],
    ["references with parts of an address around them", { sshFrom: [Deferred.of("10.${a.b}.0.0/${c[0].d}")] }],
    ["everybody", { sshFrom: ["0.0.0.0/0"], clientCidrs: ["0.0.0.0/0"] }],
  ])("%s", (_name, options) => {
    expect(renderHost(TABLE, options).length).toBeGreaterThan(3);
  });

  it("10,000 entries in under a second", () => {
    const table = NatTable.of({
      dnat: Array.from({ length: 10_000 }, (_, n) => ({
        address: "203.0.113.1",
        protocol: "tcp" as const,
        publicPort: 10_000 + n,
        privateIp: `10.0.${n >> 8}.${n & 255}`,
        privatePort: 80,
      })),
    });
    table.check();
    for (const firewall of ["nftables", "iptables"] as const) {
      const start = performance.now();
      renderHost(table, { firewall });
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});

describe("hostWarnings", () => {
  const several = { addresses: ["203.0.113.1", "203.0.113.2"] };
  const RANDOM =
    'portAllocation "random" gives a flow another port when its state is lost, so that it does not survive; use portAllocation "preserve", or onStateLoss "reset"';
  const SEVERAL =
    'an SNAT entry with several addresses and without affinity may give a flow another address when its state is lost, so that it does not survive; use affinity, one address, or onStateLoss "reset"';
  const SSH =
    "TCP port 22 reaches the host from sshFrom, and the backend of Any Port from everywhere else; narrow sshFrom where that is not meant";
  const ANY: NatTableSpec = { dnat: [{ address: "203.0.113.1", protocol: "any", privateIp: "10.0.1.1" }] };

  it.each<[string, NatTableSpec, HostOptions, readonly string[]]>([
    ["nothing by default", { snat: [{ source: "10.0.1.0/24" }] }, {}, []],
    ["random ports that shall survive", {}, { portAllocation: "random" }, [RANDOM]],
    ["random ports that are reset", {}, { portAllocation: "random", onStateLoss: "reset" }, []],
    ["several addresses that shall survive", { snat: [{ source: "10.0.1.0/24", ...several }] }, {}, [SEVERAL]],
    ["several addresses with affinity", { snat: [{ source: "10.0.1.0/24", ...several, eipAffinity: true }] }, {}, []],
    [
      "several addresses that are reset",
      { snat: [{ source: "10.0.1.0/24", ...several }] },
      { onStateLoss: "reset" },
      [],
    ],
    ["SSH beside Any Port", ANY, { sshFrom: ["192.0.2.0/24"] }, [SSH]],
    ["Any Port without SSH", ANY, {}, []],
  ])("of %s", (_name, spec, options, warnings) => {
    expect(hostWarnings(NatTable.of(spec), options)).toEqual(warnings);
  });
});
