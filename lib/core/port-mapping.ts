import { NatError } from "./nat-error";
import { PortRange } from "./port-range";

/** Which public ports reach which private ports, one to one and in order. */
export class PortMapping {
  /** The ports that clients on the Internet send to. */
  readonly publicPorts: PortRange;
  /** The ports that the backend listens on; as many as the public ones. */
  readonly privatePorts: PortRange;

  private constructor(publicPorts: PortRange, privatePorts: PortRange) {
    this.publicPorts = publicPorts;
    this.privatePorts = privatePorts;
  }

  /**
   * Reads a mapping; each side is a port or a range in the forms of `PortRange.parse`.
   *
   * @param privatePort the ports of the backend; `publicPort` where it is not given
   * @throws NatError where a side is malformed or the two are not of one size; it names `publicPort` or `privatePort`
   */
  static parse(publicPort: number | string, privatePort?: number | string): PortMapping {
    const publicPorts = PortRange.parse(publicPort, "publicPort");
    if (privatePort === undefined) {
      return new PortMapping(publicPorts, publicPorts);
    }
    const privatePorts = PortRange.parse(privatePort, "privatePort");
    if (privatePorts.size !== publicPorts.size) {
      throw new NatError(
        "privatePort",
        `must hold as many ports as publicPort ${publicPorts.toString()}, which is ${publicPorts.size}`,
        privatePort,
        sizeFix(publicPorts, privatePorts),
      );
    }
    return new PortMapping(publicPorts, privatePorts);
  }

  /** The private port that a public port of the mapping reaches. */
  toPrivate(port: number): number {
    return this.privatePorts.from + (port - this.publicPorts.from);
  }

  /** The mapping as text, for example `"7000-7010 to 8000-8010"`. */
  toString(): string {
    return `${this.publicPorts.toString()} to ${this.privatePorts.toString()}`;
  }
}

function sizeFix(publicPorts: PortRange, privatePorts: PortRange): string {
  const { from } = privatePorts;
  const to = from + publicPorts.size - 1;
  return to > 65535
    ? `use ${publicPorts.size} ports`
    : `use ${to === from ? `${from}` : JSON.stringify(`${from}-${to}`)}`;
}
