import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AnnotationMetadataEntryType,
  App,
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  Testing,
  Tokenization,
} from "cdktf";
import { AlicloudProvider, InternetNatGateway, type InternetNatGatewayProps } from "cdktf-nat/alicloud";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";

// cdktf takes a stack trace for every token and construct, and each frame of it is mapped to its source: half of the
// time of these tests. Errors keep theirs.
const mapped = Reflect.get(Error, "prepareStackTrace") as ((error: Error, frames: unknown) => unknown) | undefined;
Error.prepareStackTrace = (error: unknown, frames): unknown =>
  error instanceof Error && mapped !== undefined ? mapped(error, frames) : String(error);

/** A stack with a provider and a network: VPC 10.0.0.0/16, vSwitches 10.0.0.0/24 (for the NAT) and 10.0.1.0/24. */
export interface Network {
  readonly app: App;
  readonly stack: TerraformStack;
  readonly provider: AlicloudProvider;
  readonly vpc: Vpc;
  readonly natVswitch: Vswitch;
  readonly workers: Vswitch;
}

/** A fresh app with one stack of the name `id` in it, or one more stack of an app. */
export function network(id = "stack", app: App = Testing.app()): Network {
  const stack = new TerraformStack(app, id);
  const provider = new AlicloudProvider(stack, "Alicloud", { region: "eu-central-1" });
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const zone = { vpcId: vpc.id, zoneId: "eu-central-1a" };
  const natVswitch = new Vswitch(stack, "NatVswitch", { ...zone, cidrBlock: "10.0.0.0/24" });
  const workers = new Vswitch(stack, "Workers", { ...zone, cidrBlock: "10.0.1.0/24" });
  return { app, stack, provider, vpc, natVswitch, workers };
}

/** A network with a gateway `Nat` in it that has two EIPs, `Egress` and `Web`. */
export function gateway(props: Partial<InternetNatGatewayProps> = {}, { id, app }: { id?: string; app?: App } = {}) {
  const net = network(id, app);
  const nat = new InternetNatGateway(net.stack, "Nat", { vpc: net.vpc, vswitch: net.natVswitch, ...props });
  return { ...net, nat, egress: nat.addEip("Egress"), web: nat.addEip("Web") };
}

/** One resource block, as Terraform reads it. */
export type Block = Record<string, unknown>;

/** What a stack synthesizes to, validated: by kind (`resource`, `output`, ...). */
export function synth(stack: TerraformStack): Record<string, Block | undefined> {
  return JSON.parse(Testing.synth(stack, true)) as Record<string, Block | undefined>;
}

/** The resources of a stack, validated, by Terraform address. */
export function resources(stack: TerraformStack): Record<string, Block> {
  const byType = (synth(stack).resource ?? {}) as Record<string, Record<string, Block>>;
  return Object.fromEntries(
    Object.entries(byType).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, block]) => [`${type}.${name}`, block]),
    ),
  );
}

/** The resources of some types, by Terraform address. */
export function resourcesOf(stack: TerraformStack, ...types: readonly string[]): Record<string, Block> {
  return Object.fromEntries(Object.entries(resources(stack)).filter(([address]) => types.includes(typeOf(address))));
}

/** How many resources of each type a stack makes, without the VPC and the vSwitches of the fixture. */
export function counts(stack: TerraformStack): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const address of Object.keys(resources(stack))) {
    const type = typeOf(address);
    if (type !== "alicloud_vpc" && type !== "alicloud_vswitch") counted[type] = (counted[type] ?? 0) + 1;
  }
  return counted;
}

function typeOf(address: string): string {
  return address.slice(0, address.indexOf("."));
}

/** What a value reads as in the stack's Terraform. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false }) as unknown;
}

/** The mistakes that `app.synth()` lists, each `[<construct path>] <message>`; none when it succeeds. */
export function mistakes(app: App): readonly string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    if (head !== "Validation failed with the following errors:") throw error;
    return lines.filter((line) => line.startsWith("  [")).map((line) => line.trim());
  }
}

/** The warnings of the stacks' constructs after a synth that succeeds, each `[<construct path>] <message>`. */
export function warnings(stack: TerraformStack): readonly string[] {
  synth(stack);
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === (AnnotationMetadataEntryType.WARN as string))
        .map(({ data }) => `[${node.path}] ${String(data)}`),
    );
}

/** Every file that `app.synth()` writes, by its path under the output folder; the error that it throws, if any. */
export function writtenFiles(build: (app: App) => void): {
  readonly files: readonly string[];
  readonly error: unknown;
} {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-nat-synth-"));
  let error: unknown;
  try {
    const app = new App({ outdir });
    build(app);
    try {
      app.synth();
    } catch (thrown) {
      error = thrown;
    }
    const files = existsSync(outdir) ? readdirSync(outdir, { recursive: true, withFileTypes: true }) : [];
    const names = files.filter((file) => file.isFile()).map(({ name }) => name);
    return { files: names.sort(), error };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
