// A Linux machine between two networks that no cloud made: NAT for the machines behind it, and a port of one of them.
// Terraform writes the files on it over SSH; no cloud-init, no provider.
import { TerraformOutput, TerraformStack } from "cdktf";
import { NatTable, renderHost } from "cdktf-nat";
import type { Construct } from "constructs";
import { SshHostFiles } from "../ssh-host-files";
import type { SshMachine } from "../ssh-host-files";

/** eth0 is towards the clients, eth1 towards the Internet. */
const router: SshMachine = { host: "192.168.0.1", privateKeyFile: "~/.ssh/id_ed25519" };
const publicIp = "128.105.144.36";

export class LinuxRouter extends TerraformStack {
  constructor(scope: Construct, id: string, machine: SshMachine = router, publicPort = 2222) {
    super(scope, id);
    const table = NatTable.of({
      snat: [
        { source: "192.168.0.0/24", addresses: [publicIp] },
        { source: "129.89.200.0/23", addresses: [publicIp] },
      ],
      dnat: [
        {
          address: publicIp,
          protocol: "tcp",
          publicPort,
          privateIp: "192.168.0.140",
          privatePort: 22,
          allowFrom: ["198.51.100.0/24"],
        },
      ],
    });
    const files = renderHost(table, {
      clientCidrs: ["192.168.0.0/24", "129.89.200.0/23"],
      untranslatedCidrs: ["192.168.0.0/16", "129.89.200.0/23"],
      // Terraform itself comes in here.
      sshFrom: ["192.168.0.0/24"],
      privateInterface: {
        name: "eth0",
        routes: [{ destination: "129.89.200.0/23", via: "192.168.0.254" }],
        suppressDefaultRoute: true,
      },
      publicInterface: { name: "eth1" },
    });
    new SshHostFiles(this, "Nat", machine, files);
    new TerraformOutput(this, "egress_ip", { value: publicIp });
  }
}
