import { type ChildProcess, execFileSync, spawn, spawnSync, type StdioOptions } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HostFile } from "cdktf-nat";
import { Agent } from "./agent";

/** What a command did. */
export interface Done {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

let count = 0;

/** Network namespaces of one test file, wired by the caller, and the NAT host among them. */
export class Lab {
  readonly agent = new Agent();
  private readonly names = new Map<string, string>();
  private readonly prefix = `nat${process.pid.toString(36)}x${(count++).toString(36)}`;
  private readonly folder = mkdtempSync(join(tmpdir(), "nat-lab-"));
  private holder: ChildProcess | undefined;
  private links = 0;

  /** Makes a namespace; it forwards where it is a router. */
  add(name: string, kind: "endpoint" | "router" | "host"): void {
    const netns = `${this.prefix}-${name}`;
    this.names.set(name, netns);
    run("ip", ["netns", "add", netns]);
    this.in(name, "ip link set lo up");
    this.in(name, "echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter; echo 0 > /proc/sys/net/ipv4/conf/default/rp_filter");
    if (kind === "router") {
      this.in(name, "echo 1 > /proc/sys/net/ipv4/ip_forward");
    }
    if (kind === "endpoint") {
      // The agent sees these before, and answers them; the kernel shall not.
      this.nft(
        name,
        `table ip lab { chain agent { type filter hook input priority -300;
        ip protocol udp @th,64,32 0x4e41544c drop
        ip protocol tcp @th,160,32 0x4e41544c drop
        ip protocol icmp @th,64,32 0x4e41544c drop } }`.replaceAll(" }", "\n}"),
      );
    }
  }

  /** Links two namespaces: `[name, device, address]` each; the address may be left out. */
  link(a: readonly [string, string, string?], b: readonly [string, string, string?], mtu = 1500): void {
    const [left, right] = [`${this.prefix}l${this.links}`, `${this.prefix}r${this.links}`];
    this.links++;
    run("ip", ["link", "add", left, "type", "veth", "peer", "name", right]);
    for (const [temporary, [name, device, address]] of [
      [left, a],
      [right, b],
    ] as const) {
      run("ip", ["link", "set", "dev", temporary, "netns", this.netns(name), "name", device]);
      this.in(name, `ip link set dev ${device} mtu ${mtu} up`);
      if (address !== undefined) {
        this.in(name, `ip address add ${address} dev ${device}`);
      }
    }
  }

  /** Gives a namespace a tap device: the other end of the cable is a virtual machine's. */
  tap(name: string, device: string, address: string): void {
    this.in(
      name,
      `ip tuntap add dev ${device} mode tap; ip link set dev ${device} up; ip address add ${address} dev ${device}`,
    );
  }

  /** Starts a program in a namespace that goes on; it is ended with the lab, or when this process is killed. */
  spawn(name: string, command: readonly string[], stdio: StdioOptions = "ignore"): ChildProcess {
    const args = ["netns", "exec", this.netns(name), "setpriv", "--pdeathsig", "KILL", ...command];
    const child = spawn("ip", args, { stdio });
    this.children.push(child);
    return child;
  }

  /** Lets the agent send and receive in a namespace; with a device, raw flows to and from networks too. */
  async open(name: string, device?: string, ...networks: readonly string[]): Promise<void> {
    await this.agent.ask("open", { name, netns: this.netns(name), device, networks });
  }

  /** Runs a shell script in a namespace; throws where it fails. */
  in(name: string, script: string): string {
    return run("ip", ["netns", "exec", this.netns(name), "sh", "-e", "-c", script]);
  }

  /** Loads rules of nft in a namespace. */
  nft(name: string, rules: string): void {
    const file = join(this.folder, `${name}.nft`);
    writeFileSync(file, `${rules}\n`);
    run("ip", ["netns", "exec", this.netns(name), "nft", "-f", file]);
  }

  /** Gives the host a file system of its own, in which it can be written on like a machine. */
  makeHost(): void {
    const root = join(this.folder, "root");
    const script = `
      mount --make-rprivate /
      mkdir -p ${root}
      mount -t tmpfs lab ${root}
      cd ${root}
      mkdir usr proc sys dev etc run tmp var var/lib var/log root
      for link in bin sbin lib lib64; do [ -e /$link ] && ln -s usr/$link $link; done
      mount --rbind /usr usr
      mkdir local local/sbin local/bin local/lib
      mount --bind local usr/local
      cp -a /etc/alternatives /etc/ld.so.cache /etc/passwd /etc/group /etc/protocols /etc/services /etc/nsswitch.conf /etc/dbus-1 etc/ 2>/dev/null
      for file in null zero urandom random tty; do touch dev/$file; mount --bind /dev/$file dev/$file; done
      : > dev/console
      mount -t proc proc proc
      mount -t sysfs sysfs sys
      mkdir -p etc/cdktf-nat
      : > lab-host
      exec chroot . sleep 1000000`;
    this.holder = spawn(
      "ip",
      ["netns", "exec", this.netns("host"), "unshare", "--mount", "--uts", "--ipc", "sh", "-e", "-c", script],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const until = Date.now() + 10_000;
    while (this.host("test -e /lab-host").status !== 0) {
      if (Date.now() > until) {
        throw new Error("the host does not get its file system");
      }
      sleepSync(20);
    }
  }

  /** Runs a shell script on the host; tells how it ended. */
  host(script: string, input?: string): Done {
    const pid = String(this.holder?.pid);
    const done = spawnSync(
      "nsenter",
      ["-t", pid, "--net", "--mount", "--uts", "--ipc", "--root", "--wd", "sh", "-c", script],
      { encoding: "utf8", input, maxBuffer: 1 << 28 },
    );
    return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
  }

  /** Starts a process on the host that goes on; it is ended with the lab. */
  background(script: string, stdio: "ignore" | "pipe" = "ignore"): ChildProcess {
    const pid = String(this.holder?.pid);
    const child = spawn(
      "nsenter",
      ["-t", pid, "--net", "--mount", "--uts", "--ipc", "--root", "--wd", "sh", "-c", `exec ${script}`],
      { stdio },
    );
    this.children.push(child);
    return child;
  }

  private readonly children: ChildProcess[] = [];

  /** Writes files on the host, and runs a shell script there after that. */
  install(files: readonly HostFile[], then = ""): void {
    const end = "END-OF-FILE";
    const script = files.map(
      ({ path, content, permissions }) =>
        `mkdir -p ${dirname(path)}; cat > ${path} <<'${end}'\n${content}${end}\nchmod ${permissions} ${path}`,
    );
    this.hostOrThrow("exec sh -e", [...script, then].join("\n"));
  }

  /** Runs a shell script on the host; throws where it fails. */
  hostOrThrow(script: string, input?: string): string {
    const { status, stdout, stderr } = this.host(script, input);
    if (status !== 0) {
      throw new Error(`on the host: ${script.slice(0, 200)}: status ${status}: ${stderr}`);
    }
    return stdout;
  }

  /** Takes everything away again. */
  end(): void {
    this.agent.end();
    this.children.forEach((child) => child.kill("SIGKILL"));
    this.holder?.kill("SIGKILL");
    for (const netns of this.names.values()) {
      spawnSync("ip", ["netns", "delete", netns]);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private netns(name: string): string {
    const netns = this.names.get(name);
    if (netns === undefined) {
      throw new Error(`no namespace ${name}`);
    }
    return netns;
  }
}

/** A lab, wired; nothing of it is left where the wiring fails. */
export async function makeLab(wire: (lab: Lab) => Promise<void>): Promise<Lab> {
  const lab = new Lab();
  try {
    await wire(lab);
    return lab;
  } catch (error) {
    lab.end();
    throw error;
  }
}

/** Waits without giving others a turn. */
export function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Waits. */
export async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
}
