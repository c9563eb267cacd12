import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Eip as EipResource } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { checkId, checkProvider, checkTags, checkText } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import { existingOf, natAddress } from "../cdktf/eip-parts";
import { failAt } from "../cdktf/fail";
import type { NatEip } from "../cdktf/nat-children";
import { deferrable } from "../cdktf/when-known";
import { Ipv4Address } from "../core/ipv4";
import type { NatAddress } from "../core/nat-rule";
import type { EipProps, ExistingEip } from "./eip-props";
import { namedTags } from "./named-tags";
import type { IEip, INat } from "./nat";

const CREATION_OPTIONS = ["name", "tags", "publicIpv4Pool", "networkBorderGroup"] as const;

/** What an EIP belongs to, and what it takes over from there. */
export interface EipTarget {
  readonly nat: INat;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** The address of a network interface that an EIP is bound to. */
export interface InterfaceAddress {
  readonly networkInterfaceId: string;
  readonly privateIp: string;
  /** What has the EIP bound again, beside a change of its own. @default - nothing */
  readonly replaceTriggeredBy?: string;
}

interface EipParts extends ExistingEip {
  readonly privateIp: string | undefined;
  readonly ready: readonly ITerraformDependable[];
  readonly gatewayWaitsFor: readonly ITerraformDependable[];
}

/** An EIP of a NAT, with what an entry needs of it. */
export class Eip extends Construct implements IEip, NatEip {
  /**
   * Creates an EIP (`aws_eip`), or adopts an existing one, for a gateway, whose own resource binds it.
   *
   * Such an EIP is created before it is destroyed. Terraform then releases it after the gateway has let it go: in the
   * usual order it would try to release it while it is bound, which the cloud refuses.
   */
  static heldBy(target: EipTarget, id: string, props: EipProps): Eip {
    return new Eip(target.nat, id, (scope) => {
      const { existing, dependsOn } = parseProps(scope, props);
      const ids = existing ?? createEip(scope, target, props, { createBeforeDestroy: true });
      return { ...ids, privateIp: undefined, ready: [], gatewayWaitsFor: dependsOn };
    });
  }

  /** Creates an EIP (`aws_eip`), or adopts an existing one, and binds it to an address (`aws_eip_association`). */
  static boundTo(target: EipTarget, address: InterfaceAddress, id: string, props: EipProps): Eip {
    const { networkInterfaceId, privateIp, replaceTriggeredBy } = address;
    return new Eip(target.nat, id, (scope) => {
      const { existing, dependsOn } = parseProps(scope, props);
      const ids = existing ?? createEip(scope, target, props);
      const association = new EipAssociation(scope, "Association", {
        allocationId: ids.allocationId,
        networkInterfaceId,
        privateIpAddress: privateIp,
        provider: providerOf(target, props),
        dependsOn: after(dependsOn),
        lifecycle: replaceTriggeredBy === undefined ? undefined : { replaceTriggeredBy: [replaceTriggeredBy] },
      });
      return { ...ids, privateIp, ready: [association], gatewayWaitsFor: [] };
    });
  }

  readonly publicIp: string;
  readonly allocationId: string;
  /** The EIP as the NAT table knows it. */
  readonly address: NatAddress;
  /** What an entry must wait for before it can use the EIP. */
  readonly ready: readonly ITerraformDependable[];
  /** What the gateway that binds it must wait for. */
  readonly gatewayWaitsFor: readonly ITerraformDependable[];
  /** The library binds every EIP of this cloud itself. */
  readonly imported = false;

  private constructor(
    readonly nat: INat,
    id: string,
    make: (scope: Construct) => EipParts,
  ) {
    super(nat, id);
    const { allocationId, publicIp, privateIp, ready, gatewayWaitsFor } = make(this);
    this.allocationId = allocationId;
    this.publicIp = publicIp;
    this.ready = ready;
    this.gatewayWaitsFor = gatewayWaitsFor;
    this.address = natAddress(this, publicIp, privateIp);
  }
}

/** Whether `addEip` returned it. */
export function isEip(value: unknown): value is Eip {
  return value instanceof Eip;
}

function providerOf({ nat }: EipTarget, props: EipProps): TerraformProvider | undefined {
  return props.provider ?? nat.provider;
}

function parseProps(scope: Construct, props: EipProps) {
  return failAt(scope, () => {
    const existing = parseExisting(props);
    if (props.privateIp !== undefined) {
      deferrable(props.privateIp, (text) => Ipv4Address.parse(text, "privateIp"));
    }
    checkProvider(props.provider);
    return { existing, dependsOn: dependables(scope, props.dependsOn) };
  });
}

function createEip(
  scope: Construct,
  target: EipTarget,
  props: EipProps,
  lifecycle?: { readonly createBeforeDestroy: true },
): ExistingEip {
  const tags = failAt(scope, () => {
    checkText(props.publicIpv4Pool, "publicIpv4Pool");
    checkText(props.networkBorderGroup, "networkBorderGroup");
    checkTags(props.tags);
    return namedTags(scope, { name: props.name, tags: props.tags, inherited: target.tags });
  });
  const eip = new EipResource(scope, "Resource", {
    domain: "vpc",
    publicIpv4Pool: props.publicIpv4Pool,
    networkBorderGroup: props.networkBorderGroup,
    tags,
    provider: providerOf(target, props),
    lifecycle,
  });
  return { allocationId: eip.allocationId, publicIp: eip.publicIp };
}

function parseExisting(props: EipProps): ExistingEip | undefined {
  const existing = existingOf(props, CREATION_OPTIONS);
  if (existing === undefined) return undefined;
  const { allocationId, publicIp } = existing;
  checkId(allocationId, "existing.allocationId", "an EIP");
  deferrable(publicIp, (text) => Ipv4Address.parse(text, "existing.publicIp"));
  return { allocationId, publicIp };
}
