import { parseChoice } from "../core/choice";
import { type Deferrable, type Deferred, isDeferred } from "../core/deferred";
import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { parseDeferred } from "./deferred-text";
import type {
  HostFirewall,
  HostInterface,
  HostOptions,
  HostRoute,
  PortAllocation,
  StateLossBehavior,
} from "./host-options";
import { INTERFACE_NAME } from "./interface-name";

/** Host options that are known to be well formed, with every default filled in that needs no NAT table. */
export interface ParsedHostOptions {
  readonly firewall: HostFirewall;
  /** Undefined where the NAT table says it. */
  readonly clientCidrs: readonly Deferrable<Ipv4Cidr>[] | undefined;
  readonly untranslatedCidrs: readonly Deferrable<Ipv4Cidr>[];
  readonly sshFrom: readonly Deferrable<Ipv4Cidr>[];
  readonly onStateLoss: StateLossBehavior;
  readonly portAllocation: PortAllocation;
  readonly idleTimeoutSeconds: number;
  /** Undefined where it is sized at boot. */
  readonly maxConnections: number | undefined;
  readonly icmpReply: boolean;
  readonly privateInterface: ParsedHostInterface | undefined;
  readonly publicInterface: ParsedHostInterface | undefined;
}

/** An interface that is known to be well formed. */
export interface ParsedHostInterface {
  readonly name: string;
  /** Address and prefix length as text. */
  readonly address: string | undefined;
  readonly routes: readonly ParsedHostRoute[];
  readonly suppressDefaultRoute: boolean;
}

/** A route that is known to be well formed. */
export interface ParsedHostRoute {
  readonly destination: Deferrable<Ipv4Cidr>;
  readonly via: Deferrable<Ipv4Address> | undefined;
}

const PROPS: readonly (keyof HostOptions)[] = [
  "firewall",
  "clientCidrs",
  "untranslatedCidrs",
  "sshFrom",
  "onStateLoss",
  "portAllocation",
  "idleTimeoutSeconds",
  "maxConnections",
  "icmpReply",
  "privateInterface",
  "publicInterface",
];
const INTERFACE_PROPS: readonly (keyof HostInterface)[] = ["name", "address", "routes", "suppressDefaultRoute"];
const ROUTE_PROPS: readonly (keyof HostRoute)[] = ["destination", "via"];

/**
 * Reads host options.
 *
 * @throws NatError that lists everything that is wrong with them
 */
export function parseHostOptions(options: HostOptions): ParsedHostOptions {
  const reader = new Reader();
  const parsed = {
    firewall: reader.read("nftables", () =>
      parseChoice<HostFirewall>(options.firewall ?? "nftables", ["nftables", "iptables", "firewalld"], "firewall"),
    ),
    clientCidrs: options.clientCidrs === undefined ? undefined : reader.cidrs(options.clientCidrs, "clientCidrs"),
    untranslatedCidrs: reader.cidrs(options.untranslatedCidrs ?? [], "untranslatedCidrs"),
    sshFrom: reader.cidrs(options.sshFrom ?? [], "sshFrom"),
    onStateLoss: reader.read("survive", () =>
      parseChoice<StateLossBehavior>(options.onStateLoss ?? "survive", ["survive", "reset"], "onStateLoss"),
    ),
    portAllocation: reader.read("preserve", () =>
      parseChoice<PortAllocation>(options.portAllocation ?? "preserve", ["preserve", "random"], "portAllocation"),
    ),
    idleTimeoutSeconds: reader.read(0, () =>
      parseWholeNumber(
        options.idleTimeoutSeconds ?? 900,
        { min: 60, max: 432_000, unit: "seconds" },
        "idleTimeoutSeconds",
      ),
    ),
    maxConnections: reader.read(undefined, () =>
      options.maxConnections === undefined
        ? undefined
        : parseWholeNumber(
            options.maxConnections,
            { min: 1024, max: 16_777_216, unit: "connections" },
            "maxConnections",
          ),
    ),
    icmpReply: reader.flag(options.icmpReply ?? true, "icmpReply"),
    privateInterface: reader.interface(options.privateInterface, "privateInterface"),
    publicInterface: reader.interface(options.publicInterface, "publicInterface"),
  };
  reader.known(options, PROPS, "options");
  if (options.clientCidrs?.length === 0) {
    reader.add(
      new NatError("clientCidrs", "must not be empty", [], "leave it out for the SNAT sources and Any Port backends"),
    );
  }
  if (parsed.privateInterface !== undefined && parsed.privateInterface.name === parsed.publicInterface?.name) {
    const { name } = parsed.privateInterface;
    reader.add(
      new NatError(
        "publicInterface.name",
        "must be another interface than privateInterface",
        name,
        "name the other one",
      ),
    );
  }
  reader.end();
  return parsed;
}

/** Reads one value after the other and keeps what is wrong. */
class Reader {
  private readonly errors: NatError[] = [];

  /** What `parse` gives; `otherwise`, which nobody will see, where it refuses. */
  read<T>(otherwise: T, parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof NatError)) {
        throw error;
      }
      this.errors.push(error);
      return otherwise;
    }
  }

  add(error: NatError): void {
    this.errors.push(error);
  }

  known(value: object, props: readonly string[], prop: string): void {
    const unknown = Object.keys(value).find((key) => !props.includes(key));
    if (unknown !== undefined) {
      const fix = `use ${props.join(", ")}`;
      this.add(new NatError(`${prop === "options" ? "" : `${prop}.`}${unknown}`, "is not known here", unknown, fix));
    }
  }

  flag(value: boolean, prop: string): boolean {
    if (typeof value !== "boolean") {
      this.add(new NatError(prop, "must be true or false", value, "use one of them"));
    }
    return value;
  }

  cidrs(values: readonly (string | Deferred)[], prop: string): readonly Deferrable<Ipv4Cidr>[] {
    return this.list(values, prop).flatMap((value, place) => {
      const cidr = this.cidr(value, `${prop}[${place}]`);
      return cidr === undefined ? [] : [cidr];
    });
  }

  interface(given: HostInterface | undefined, prop: string): ParsedHostInterface | undefined {
    if (given === undefined) {
      return undefined;
    }
    this.known(given, INTERFACE_PROPS, prop);
    const { name, address, routes = [], suppressDefaultRoute = false } = given;
    if (typeof name !== "string" || !INTERFACE_NAME.test(name)) {
      const rule = 'must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit';
      this.add(new NatError(`${prop}.name`, rule, name, 'use the name that the system gives it, such as "eth1"'));
    }
    return {
      name,
      address: address === undefined ? undefined : this.interfaceAddress(address, `${prop}.address`),
      routes: this.list(routes, `${prop}.routes`).flatMap((route, place) =>
        this.route(route, `${prop}.routes[${place}]`),
      ),
      suppressDefaultRoute: this.flag(suppressDefaultRoute, `${prop}.suppressDefaultRoute`),
    };
  }

  end(): void {
    const [first, ...others] = this.errors;
    if (first !== undefined) {
      throw NatError.list([first, ...others]);
    }
  }

  private route(route: HostRoute, prop: string): ParsedHostRoute[] {
    this.known(route, ROUTE_PROPS, prop);
    const { via } = route;
    const destination = this.cidr(route.destination, `${prop}.destination`);
    const gateway =
      via === undefined
        ? undefined
        : this.read(undefined, () =>
            isDeferred(via) ? parseDeferred(via, `${prop}.via`) : Ipv4Address.parse(via, `${prop}.via`),
          );
    return destination === undefined ? [] : [{ destination, via: gateway }];
  }

  private cidr(value: string | Deferred, prop: string): Deferrable<Ipv4Cidr> | undefined {
    return this.read<Deferrable<Ipv4Cidr> | undefined>(undefined, () =>
      isDeferred(value) ? parseDeferred(value, prop) : Ipv4Cidr.parse(value, prop),
    );
  }

  /** An address of an interface is no block: its host bits say which address of the network it is. */
  private interfaceAddress(value: string | Deferred, prop: string): string | undefined {
    return this.read(undefined, () => {
      if (isDeferred(value)) {
        return parseDeferred(value, prop).text;
      }
      const [address, prefixLength, ...others] = typeof value === "string" ? value.split("/") : [];
      if (address === undefined || prefixLength === undefined || others.length > 0) {
        throw new NatError(prop, "must be an address with a prefix length", value, 'use a form like "10.0.2.5/24"');
      }
      Ipv4Cidr.parse(`0.0.0.0/${prefixLength}`, prop);
      return `${Ipv4Address.parse(address, prop).toString()}/${prefixLength}`;
    });
  }

  private list<T>(values: readonly T[], prop: string): readonly T[] {
    const isList: boolean = Array.isArray(values);
    if (isList) {
      return values;
    }
    this.add(new NatError(prop, "must be a list", values, "use [ ... ]"));
    return [];
  }
}
