import type { IConstruct } from "constructs";
import { identityInApp } from "../cdktf/reference";
import { NatError } from "../core/nat-error";

interface SubnetRule {
  readonly entry: IConstruct;
  readonly gateway: IConstruct;
  readonly subnetId: string;
}

/** The SNAT entries by subnet of all gateways of an app, by app: a subnet has one rule, whatever gateway it is on. */
const rulesOfApp = new WeakMap<IConstruct, SubnetRule[]>();

/** Reports, at synth, a subnet that entries of two gateways name. Two entries of one gateway its NAT table reports. */
export function checkSubnetHasOneRule(rule: SubnetRule): void {
  const { entry, gateway, subnetId } = rule;
  const rules = rulesOfApp.get(entry.node.root) ?? [];
  rulesOfApp.set(entry.node.root, rules);
  rules.push(rule);
  entry.node.addValidation({
    validate: () => {
      const id = identityInApp(entry, subnetId);
      const first = rules.find((other) => identityInApp(other.entry, other.subnetId) === id);
      if (first === undefined || first.gateway === gateway) return [];
      const error = new NatError(
        "source",
        `SNAT entry "${first.entry.node.path}" of the gateway "${first.gateway.node.path}" is for the same subnet, which has one SNAT rule`,
        subnetId === id ? subnetId : id,
        "keep one of the two",
      );
      return [error.message];
    },
  });
}
