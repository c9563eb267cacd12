import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Done, type Lab, sleep } from "../lab/lab";
import type { Image } from "./image";

/** How a virtual machine is made. */
export interface VmOptions {
  /** Word of its progress lines. */
  readonly name: string;
  /** Namespace in which its cable ends, as the tap device `host`. */
  readonly namespace: string;
  readonly memoryMb: number;
  /** As the cloud hands it over: gzip, in base64. */
  readonly userData: string;
  /** Slot of its NIC on the PCI bus, by which systemd names it: `ens5` in slot 5. @default - the first one that is free */
  readonly nicSlot?: number;
  /** Network configuration of cloud-init. @default - what cloud-init does without: DHCP */
  readonly networkConfig?: string;
  /** Files that its image lacks. */
  readonly without?: readonly string[];
}

/** Address of the machine's NIC on the wire. */
export const MAC = "52:54:00:00:00:10";
/** Machines that are emulated, beside others, take their time. */
const BOOT_SECONDS = 600;
const COMMAND_SECONDS = 120;

/** A virtual machine without KVM, which boots as in a cloud; commands reach it by a port of its own, not by its network. */
export class Vm {
  private readonly folder = mkdtempSync(join(tmpdir(), "nat-vm-"));
  private readonly started = Date.now();
  private socket: Socket | undefined;
  private exit: string | undefined;
  private received = "";

  constructor(
    private readonly lab: Lab,
    private readonly image: Image,
    private readonly options: VmOptions,
  ) {
    const { userData, networkConfig } = options;
    mkdirSync(this.path("seed"));
    writeFileSync(this.path("seed/user-data"), Buffer.from(userData, "base64"));
    writeFileSync(this.path("seed/meta-data"), "instance-id: i-nat\nlocal-hostname: nat-host\n");
    if (networkConfig !== undefined) {
      writeFileSync(this.path("seed/network-config"), networkConfig);
    }
    writeFileSync(this.path("console"), "");
    execFileSync("cp", ["--sparse=always", image.root, this.path("disk")]);
    this.start();
  }

  /** Starts qemu, which ends when the machine reboots: going on after a reset it was seen to be slower. */
  private start(): void {
    const { namespace, memoryMb, nicSlot, without = [] } = this.options;
    const slot = nicSlot === undefined ? "" : `,addr=${nicSlot}`;
    const kernel = [
      "console=ttyS0",
      "quiet",
      "mitigations=off",
      // On a busy machine the emulated timer may be too late for the kernel's check of it, which panics; and whatever
      // panics shall end qemu.
      "no_timer_check",
      "panic=-1",
      "ds=nocloud",
      ...without.map((file) => `vm.without=${file}`),
    ];
    const qemu = [
      ...["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
      ...["-machine", "pc", "-accel", "tcg", "-cpu", "max", "-m", String(memoryMb)],
      ...["-kernel", this.image.kernel, "-initrd", this.image.initrd, "-append", kernel.join(" ")],
      ...["-chardev", `file,id=console,path=${this.path("console")},append=on`, "-serial", "chardev:console"],
      ...["-drive", `file=${this.path("disk")},format=raw,if=virtio,cache=unsafe`],
      ...[
        "-drive",
        `file.driver=vvfat,file.dir=${this.path("seed")},file.label=CIDATA,format=raw,if=virtio,readonly=on`,
      ],
      ...["-netdev", "tap,id=nic,ifname=host,script=no,downscript=no"],
      ...["-device", `virtio-net-pci,netdev=nic,mac=${MAC},romfile=${slot}`],
      ...["-chardev", `socket,id=agent,path=${this.path("agent")},server=on,wait=off`],
      ...["-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,name=vm-agent"],
      ...["-device", "virtio-rng-pci"],
    ];
    const child = this.lab.spawn(namespace, qemu, ["ignore", "ignore", "pipe"]);
    let complaints = "";
    child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    child.once("close", (code, signal) => (this.exit = `qemu ended (${code ?? signal ?? ""}): ${complaints}`));
  }

  /** Waits until the machine has booted, all of cloud-init included. */
  async booted(): Promise<void> {
    await this.greeting(BOOT_SECONDS);
    this.say("the kernel and systemd are up");
    // What became of the boot is for the tests to say. `cloud-init status --wait` would take a part of the processor from
    // what it waits for.
    const finished = "until [ -e /run/cloud-init/result.json ]; do sleep 1; done; systemctl is-system-running --wait";
    await this.run(finished, BOOT_SECONDS);
    this.say("cloud-init and systemd have finished");
  }

  /** Boots once more, by its own shutdown. */
  async reboot(): Promise<void> {
    this.say("reboots");
    this.send("systemctl --no-block reboot");
    const until = Date.now() + COMMAND_SECONDS * 1000;
    while (this.exit === undefined && Date.now() < until) {
      await sleep(20);
    }
    if (this.exit === undefined) {
      throw this.failure("its shutdown", "it takes too long");
    }
    this.socket?.destroy();
    this.socket = this.exit = undefined;
    this.received = "";
    this.start();
    await this.booted();
  }

  /** Runs a shell script as root; tells how it ended. */
  async run(script: string, seconds = COMMAND_SECONDS): Promise<Done> {
    this.send(script);
    const [status, stdout, stderr] = (await this.line(seconds, script)).split(":");
    const text = (base64: string | undefined) => Buffer.from(base64 ?? "", "base64").toString();
    return { status: Number(status), stdout: text(stdout), stderr: text(stderr) };
  }

  /** What a shell script prints; throws where it fails. */
  async read(script: string): Promise<string> {
    const { status, stdout, stderr } = await this.run(script);
    if (status !== 0) {
      throw new Error(`in the machine: ${script}: status ${status}: ${stderr}${stdout}`);
    }
    return stdout.trimEnd();
  }

  /** What the serial console has shown. */
  console(): string {
    return readFileSync(this.path("console"), "utf8").replaceAll("\r", "");
  }

  /** Takes its files away; its process ends with the lab. */
  end(): void {
    this.socket?.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private send(script: string): void {
    this.socket?.write(`${Buffer.from(script).toString("base64")}\n`);
  }

  private async greeting(seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    while (this.socket === undefined) {
      await this.wait(until, "its port");
      this.socket = await this.dial();
    }
    await this.line((until - Date.now()) / 1000, "the boot");
  }

  private async dial(): Promise<Socket | undefined> {
    return new Promise((resolve) => {
      const socket = connect(this.path("agent"));
      socket.once("connect", () => resolve(socket));
      socket.on("error", () => resolve(undefined));
      socket.on("data", (chunk) => (this.received += chunk.toString()));
    });
  }

  private async line(seconds: number, what: string): Promise<string> {
    const until = Date.now() + seconds * 1000;
    while (!this.received.includes("\n")) {
      await this.wait(until, what);
    }
    const end = this.received.indexOf("\n");
    const line = this.received.slice(0, end);
    this.received = this.received.slice(end + 1);
    return line;
  }

  private async wait(until: number, what: string): Promise<void> {
    await sleep(20);
    const wrong = this.exit ?? (Date.now() > until ? "it takes too long" : undefined);
    if (wrong !== undefined) {
      throw this.failure(what, wrong);
    }
  }

  private failure(what: string, wrong: string): Error {
    const tail = this.console().split("\n").slice(-60).join("\n");
    return new Error(`machine "${this.options.name}", waiting for ${what}: ${wrong}\nend of its console:\n${tail}`);
  }

  private say(text: string): void {
    const seconds = Math.round((Date.now() - this.started) / 1000);
    process.stderr.write(`vm ${this.options.name}: ${text} (${seconds} s)\n`);
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}
