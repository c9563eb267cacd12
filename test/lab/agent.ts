import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";

/** The first packet of a flow, sent from an endpoint of the lab. */
export interface Flow {
  /** The endpoint. */
  readonly from: string;
  readonly proto: "tcp" | "udp" | "icmp";
  readonly src: string;
  readonly dst: string;
  /** Of ICMP: its identifier. */
  readonly sport: number;
  readonly dport?: number;
  /** Further bytes of payload. */
  readonly pad?: number;
  /** Whether it may not be cut into fragments. */
  readonly df?: boolean;
  /** Flags of TCP. @default 2, SYN */
  readonly flags?: number;
}

/** A packet as it arrived at an endpoint. */
export interface Seen {
  readonly at: string;
  readonly kind: string;
  readonly proto: string;
  readonly src: string;
  readonly dst: string;
  readonly sport?: number;
  readonly dport?: number;
  readonly mtu?: number;
  readonly inner?: { readonly src: string; readonly dst: string; readonly sport: number; readonly dport: number };
}

/** What became of a flow: where its first packet arrived, and what came back. */
export interface FlowResult {
  readonly requests: readonly Seen[];
  readonly answers: readonly Seen[];
  readonly error?: string;
}

/** The process that has sockets in every namespace of a lab; agent.py says what it does. */
export class Agent {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;
  private readonly waiting: ((line: string) => void)[] = [];

  constructor() {
    this.child = spawn("python3", ["-u", join(__dirname, "agent.py")]);
    this.child.stderr.pipe(process.stderr);
    this.lines = createInterface({ input: this.child.stdout });
    this.lines.on("line", (line) => this.waiting.shift()?.(line));
  }

  /** Does one command of agent.py. */
  async ask<T>(op: string, command: object = {}): Promise<T> {
    const answer = new Promise<string>((resolve, reject) => {
      this.waiting.push(resolve);
      this.child.once("exit", (code) => reject(new Error(`the agent ended with ${code ?? "a signal"}`)));
    });
    this.child.stdin.write(`${JSON.stringify({ op, ...command })}\n`);
    const parsed = JSON.parse(await answer) as { error?: string; bug?: string };
    this.child.removeAllListeners("exit");
    if (parsed.bug !== undefined || parsed.error !== undefined) {
      throw new Error(parsed.bug ?? parsed.error);
    }
    return parsed as T;
  }

  /** Sends flows and tells what became of them, in the same order. */
  async flows(flows: readonly Flow[], settings: { silent?: boolean; settle?: number } = {}): Promise<FlowResult[]> {
    return (await this.ask<{ results: FlowResult[] }>("flows", { flows, ...settings })).results;
  }

  /** Ends the process. */
  end(): void {
    this.lines.close();
    this.child.kill("SIGKILL");
  }
}
