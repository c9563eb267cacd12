import { Deferred, type HostOptions, NatTable, type NatTableSpec, renderHost } from "cdktf-nat";

const FIX = 'use firewall "nftables" or "iptables"';
const SOURCE = { source: "10.0.1.0/24" };
const TWO = ["203.0.113.1", "203.0.113.2"];

function refusal(spec: NatTableSpec, options: HostOptions): string {
  try {
    renderHost(NatTable.of(spec), { ...options, firewall: "firewalld" });
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

describe("firewalld is refused", () => {
  it.each<[string, NatTableSpec, HostOptions, string]>([
    [
      "with Any Port",
      { dnat: [{ address: "203.0.113.1", protocol: "any", privateIp: "10.0.1.10" }] },
      {},
      `protocol: firewalld cannot express Any Port, got "any"; ${FIX}`,
    ],
    [
      "with several addresses for a source",
      { snat: [{ ...SOURCE, addresses: TWO }] },
      {},
      `addresses: firewalld cannot choose between several addresses for SNAT, got ["203.0.113.1","203.0.113.2"]; ${FIX}`,
    ],
    [
      "with an address for SNAT beside another",
      {
        snat: [{ ...SOURCE, addresses: ["203.0.113.1"] }],
        dnat: [{ address: "203.0.113.2", protocol: "tcp", publicPort: 80, privateIp: "10.0.1.10" }],
      },
      {},
      `addresses: firewalld cannot choose the address for SNAT, got ["203.0.113.1"]; use one address (EIP) for all entries, or ${FIX}`,
    ],
    [
      "with resets",
      { snat: [SOURCE] },
      { onStateLoss: "reset" },
      `onStateLoss: firewalld cannot reset flows that it does not know, got "reset"; ${FIX}`,
    ],
    [
      "with random ports",
      { snat: [SOURCE] },
      { portAllocation: "random" },
      `portAllocation: firewalld cannot choose random ports, got "random"; ${FIX}`,
    ],
    [
      "with clients beside deferred blocks",
      { snat: [{ source: Deferred.of("${a.b}") }] },
      { clientCidrs: ["10.0.0.0/8"] },
      `clientCidrs: firewalld cannot take clients of its own beside blocks that are known only at deploy time, got ["10.0.0.0/8"]; leave clientCidrs out, or ${FIX}`,
    ],
    [
      "with all that is wrong at once",
      { snat: [SOURCE] },
      { portAllocation: "random", onStateLoss: "reset" },
      [
        "2 errors",
        `onStateLoss: firewalld cannot reset flows that it does not know, got "reset"; ${FIX}`,
        `portAllocation: firewalld cannot choose random ports, got "random"; ${FIX}`,
      ].join("\n"),
    ],
  ])("%s", (_name, spec, options, message) => {
    expect(refusal(spec, options)).toBe(message);
  });

  it("for nothing that it can express", () => {
    expect(refusal({ snat: [{ ...SOURCE, addresses: ["203.0.113.1"] }] }, {})).toBe("nothing was thrown");
  });
});
