import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { identityInApp, referenceText } from "./reference";

/** An EIP of a NAT, as far as the app has to know which EIPs are bound. */
export interface BoundEip extends IConstruct {
  readonly allocationId: string;
  /**
   * What the cloud's props call the id, for messages.
   * @default "allocationId"
   */
  readonly idProp?: string;
  readonly publicIp: string;
  /** Whether it was bound before, so that the library only takes it in. */
  readonly imported: boolean;
}

/** The EIPs that NATs of an app have, by app: an EIP can be bound to one NAT only. */
const eipsOfApp = new WeakMap<IConstruct, EipsOfApp>();

class EipsOfApp {
  private readonly eips: BoundEip[] = [];
  /** The known EIPs by their ids, and each with those of the same id. */
  private readonly byIdentity = new Map<string, BoundEip[]>();
  private readonly same = new Map<BoundEip, readonly BoundEip[]>();

  add(eip: BoundEip): void {
    this.eips.push(eip);
  }

  /** The EIPs with the same id, itself too, in the order in which the app adds them. */
  sameAs(eip: BoundEip): readonly BoundEip[] {
    for (const known of this.eips.slice(this.same.size)) {
      const id = identityInApp(known, known.allocationId);
      const same = this.byIdentity.get(id) ?? [];
      same.push(known);
      this.byIdentity.set(id, same);
      this.same.set(known, same);
    }
    return this.same.get(eip) ?? [eip];
  }
}

/** Reports, at synth, an EIP that `addEip` of two NATs (or twice of one) was given. */
export function checkEipUsedOnce(eip: BoundEip): void {
  const eips = eipsOfApp.get(eip.node.root) ?? new EipsOfApp();
  eipsOfApp.set(eip.node.root, eips);
  eips.add(eip);
  eip.node.addValidation({
    validate: () => {
      const first = eips.sameAs(eip).find((other) => other === eip || excludes(other, eip));
      if (first === undefined || first === eip) return [];
      const error = new NatError(
        eip.imported ? (eip.idProp ?? "allocationId") : "existing",
        `is bound by "${first.node.path}" already`,
        referenceText(eip, eip.publicIp),
        "use that EIP in the entries, or name another one here",
      );
      return [error.message];
    },
  });
}

/** A stack may take in what another one binds: the gateway of both is one. */
function excludes(one: BoundEip, other: BoundEip): boolean {
  return (!one.imported && !other.imported) || TerraformStack.of(one) === TerraformStack.of(other);
}
