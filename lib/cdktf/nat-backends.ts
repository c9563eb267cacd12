import { NatError } from "../core/nat-error";
import { nameOf } from "./check-types";

/**
 * How entries reach the inside of their NAT without it being public: each NAT registers what it does with an entry,
 * each entry asks for it. One registry a cloud.
 */
export class NatBackends<B extends object> {
  private readonly backends = new WeakMap<object, B>();

  /** @param natClasses the NATs of this cloud that take entries, for the error text */
  constructor(private readonly natClasses: string) {}

  register(nat: object, backend: B): void {
    this.backends.set(nat, backend);
  }

  /** What the NAT does with an entry; an error for anything that is no NAT of this cloud. */
  of(nat: unknown): B {
    const backend = typeof nat === "object" && nat !== null ? this.backends.get(nat) : undefined;
    if (backend === undefined) {
      throw new NatError("nat", `must be ${this.natClasses}`, nameOf(nat), "pass the NAT construct itself");
    }
    return backend;
  }
}
