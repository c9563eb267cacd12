import { NatError } from "../core/nat-error";
import { nameOf } from "./check-types";

/** Why a NAT takes no entries. */
export interface NatRefusal {
  /** What does not hold, for example `must not be a gateway, which translates every routed source by itself`. */
  readonly rule: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * How entries reach the inside of their NAT without it being public: each NAT registers what it does with an entry, or
 * why it takes none, and each entry asks for it. One registry a cloud.
 */
export class NatBackends<B extends object> {
  private readonly backends = new WeakMap<object, B>();
  private readonly refusals = new WeakMap<object, NatRefusal>();

  /** @param natClasses the NATs of this cloud that take entries, for the error text */
  constructor(private readonly natClasses: string) {}

  register(nat: object, backend: B): void {
    this.backends.set(nat, backend);
  }

  /** Has every entry of the NAT refused, for users of JavaScript: a NAT of this cloud that takes no entries. */
  refuse(nat: object, refusal: NatRefusal): void {
    this.refusals.set(nat, refusal);
  }

  /** What the NAT does with an entry; an error for a NAT that takes none, and for anything that is no NAT of this cloud. */
  of(nat: unknown): B {
    const { backend, refusal } = this.find(nat);
    if (backend !== undefined) return backend;
    const { rule, fix } = refusal ?? { rule: `must be ${this.natClasses}`, fix: "pass the NAT construct itself" };
    throw new NatError("nat", rule, nameOf(nat), fix);
  }

  private find(nat: unknown): { readonly backend?: B | undefined; readonly refusal?: NatRefusal | undefined } {
    if (typeof nat !== "object" || nat === null) return {};
    return { backend: this.backends.get(nat), refusal: this.refusals.get(nat) };
  }
}
