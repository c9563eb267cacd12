import type { CloudObject } from "../../engine/store";
import { startSimulator, type Simulator } from "../../start";
import { Workspace, type Blocks } from "../../workspace";
import { legacy } from "./resources";

/** One refusal: `first` is applied and must go through, `then` must be refused. */
export interface Refusal {
  readonly code: string;
  /** What the cloud holds beside the existing gateway. */
  readonly seed?: readonly CloudObject[];
  readonly first?: Blocks;
  /**
   * The refused configuration. A resource of `first` whose type is missing here is taken away again, after both stood
   * side by side; a name in capitals (see `PLACEHOLDERS`) stands for its id.
   */
  readonly then: Blocks;
  /** Happens outside Terraform after `first`; `id` is the id of its resource `a`. */
  readonly meanwhile?: (bench: RefusalBench, id: string) => Promise<void>;
  /** The refused call. */
  readonly action: string;
}

const PLACEHOLDERS: Record<string, string> = {
  GATEWAY: "alicloud_nat_gateway.a",
  EIP: "alicloud_eip_address.a",
  PACKAGE: "alicloud_common_bandwidth_package.a",
  TABLE: "alicloud_route_table.a",
  VPC: "alicloud_vpc.a",
  VSWITCH: "alicloud_vswitch.a",
  GROUP: "alicloud_security_group.a",
  INSTANCE: "alicloud_instance.a",
  IPV4: "alicloud_vpc_ipv4_gateway.a",
  INTERFACE: "alicloud_ecs_network_interface.a",
  CONTACTS: "alicloud_cms_alarm_contact_group.a",
};

/** How a refused apply ended. */
export interface Provoked {
  readonly exitCode: number;
  readonly stderr: string;
  /** The calls that were refused with the expected code. */
  readonly actions: readonly string[];
}

/** A simulator and a directory in which refusals are provoked with raw resources, one after the other. */
export class RefusalBench {
  private constructor(
    public readonly simulator: Simulator,
    public readonly workspace: Workspace,
  ) {}

  public static async start(): Promise<RefusalBench> {
    const simulator = await startSimulator();
    return new RefusalBench(simulator, await Workspace.create(simulator));
  }

  public async stop(): Promise<void> {
    await this.simulator.stop();
    this.workspace.remove();
  }

  /** The cloud that holds the existing gateway only, and no state. */
  public async startAfresh(): Promise<void> {
    await this.simulator.reset(legacy);
    this.workspace.forget();
  }

  /** Does both steps of a refusal; the first one must go through. */
  public async provoke({ code, seed = [], first, meanwhile, then }: Refusal): Promise<Provoked> {
    await this.startAfresh();
    await this.simulator.seed(seed);
    if (first !== undefined) await this.workspace.applied({ resource: first });
    const made = this.workspace.state().find(({ address }) => address.endsWith(".a"));
    if (made !== undefined) await meanwhile?.(this, String(made.attributes.id));
    const resource = this.withIds(then);
    if (first !== undefined && takesAway(first, then)) {
      await this.workspace.applied({ resource: { ...first, ...resource } });
    }
    const { exitCode, stderr } = await this.workspace.apply({ resource });
    const refused = this.simulator.log().filter(({ error }) => error === code);
    return { exitCode, stderr, actions: [...new Set(refused.map(({ action }) => action))] };
  }

  private withIds(blocks: Blocks): Blocks {
    const text = Object.entries(PLACEHOLDERS).reduce((json, [name, address]) => {
      return json.replaceAll(`"${name}"`, JSON.stringify(this.workspace.attribute(address, "id") ?? name));
    }, JSON.stringify(blocks));
    return JSON.parse(text) as Blocks;
  }
}

/** The code of a refusal as it stands in Terraform's error output. */
export function inOutput(code: string): RegExp {
  return new RegExp(`: ${code.replaceAll(".", "\\.")}(:|$)`, "m");
}

function takesAway(first: Blocks, then: Blocks): boolean {
  return Object.keys(then).length > 0 && Object.keys(first).some((type) => then[type] === undefined);
}
