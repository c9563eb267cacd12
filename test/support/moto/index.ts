import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { devNull } from "node:os";
import { join, resolve } from "node:path";
import { awsProviderExecutable, RunningProvider } from "../aws-provider";
import type { Cloud } from "../cloud";
import { withoutSettings } from "../terraform";

/** The version whose gaps server.py fills. */
export const MOTO_VERSION = "5.2.1";

/** What is said where there is none. */
export const NO_MOTO = `no moto ${MOTO_VERSION} here (python3 -m pip install 'moto[server]==${MOTO_VERSION}', or npm run moto)`;

const VENV = resolve(__dirname, "../../../.cache/moto/bin/python");
const SERVER = join(__dirname, "server.py");

/** What a test may ask of a running moto server. */
export interface Moto extends Cloud {
  /** Where it listens. */
  readonly url: string;
  /** Empties the cloud. */
  reset(): Promise<void>;
  /** Everything in the cloud beside its default network: the ids by type. */
  leftovers(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Publishes a newer image under a public SSM parameter of Ubuntu or Debian; returns its id. */
  publishImage(parameter: string): Promise<string>;
  /** Ends the server, and the provider that talks to it. */
  stop(): Promise<void>;
}

let python: string | undefined | null = null;

/**
 * A Python with moto: python3 of the PATH, else that of `npm run moto`; undefined when there is none.
 *
 * @param again looks once more after an installation
 */
export function findMoto(again = false): string | undefined {
  if (python !== null && !again) return python;
  const check = `import importlib.metadata as m, flask; assert m.version("moto") == "${MOTO_VERSION}"`;
  python = ["python3", VENV].find((name) => spawnSync(name, ["-c", check]).status === 0);
  return python;
}

/**
 * Starts a moto server on a free port of the loopback, and one process of the real AWS provider that all runs of
 * Terraform share.
 *
 * @param options.provider `false`: Terraform starts the provider itself, as in a user's hands
 */
export async function startMoto({ provider = true }: { provider?: boolean } = {}): Promise<Moto> {
  const executable = provider ? await awsProviderExecutable() : undefined;
  if (provider && executable === undefined) throw new Error(MISSING_PROVIDER);
  const server = await startServer();
  const env = environmentOf(server.url);
  try {
    const running = executable === undefined ? undefined : await RunningProvider.start(executable, env);
    return new RunningMoto(server, running, env);
  } catch (error) {
    await end(server.child);
    throw error;
  }
}

/** What is said where the AWS provider cannot be had. */
export const MISSING_PROVIDER =
  "no AWS provider here: set CDKTF_NAT_PLUGIN_DIR to a filesystem mirror that holds it, or let Terraform reach its registry";

/** The environment in which the AWS provider and SDK talk to a server of this machine, and to nothing of the user's. */
function environmentOf(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

class RunningMoto implements Moto {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  private readonly child: ChildProcess;

  constructor(
    { child, url }: Server,
    private readonly provider: RunningProvider | undefined,
    env: Readonly<Record<string, string>>,
  ) {
    this.child = child;
    this.url = url;
    this.env = provider === undefined ? env : { ...env, TF_REATTACH_PROVIDERS: provider.reattach };
  }

  async reset(): Promise<void> {
    await this.ask("POST", "/moto-api/reset");
  }

  async leftovers(): Promise<Readonly<Record<string, readonly string[]>>> {
    return (await this.ask("GET", "/leftovers")) as Record<string, readonly string[]>;
  }

  async publishImage(parameter: string): Promise<string> {
    return (await this.ask("POST", `/images?parameter=${encodeURIComponent(parameter)}`)) as string;
  }

  async stop(): Promise<void> {
    await this.provider?.stop();
    await end(this.child);
  }

  private async ask(method: string, path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, { method });
    if (!response.ok) throw new Error(`moto: ${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }
}

async function startServer(): Promise<Server> {
  const interpreter = findMoto();
  if (interpreter === undefined) throw new Error(NO_MOTO);
  const port = await freePort();
  // A session of its own, to end the interpreter also where a shim on the PATH starts it.
  const child = spawn(interpreter, [SERVER, String(port)], {
    env: { ...withoutSettings(process.env), MOTO_IAM_LOAD_MANAGED_POLICIES: "true", PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  let complained = "";
  child.stderr.on("data", (chunk: Buffer) => (complained = `${complained}${chunk.toString()}`.slice(-4000)));
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}: ${complained}`);
    const answer = await fetch(`${url}/leftovers`).catch(() => undefined);
    if (answer?.ok) return { child, url };
    await pause(100);
  }
  await end(child);
  throw new Error(`moto does not answer: ${complained}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((done) => child.once("exit", done));
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  return await new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        done(port);
      });
    });
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
