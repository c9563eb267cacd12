/**
 * What a NAT table does to the first packet of a flow. Routes are apart: whether the packet comes to the NAT at all is
 * the route table's business, and so is what becomes of it afterwards.
 */
export type NatTrace = SnatTrace | DnatTrace | NoTrace | UndecidedTrace;

/** The packet leaves, its source translated. */
export interface SnatTrace {
  /** The packet leaves. */
  readonly action: "snat";
  /** Id of the rule that acts: an SNAT rule, or the Any Port DNAT rule of the backend that sends. */
  readonly entry: string;
  /** Why this rule. */
  readonly reason: string;
  /** The addresses it may leave from, one of which is chosen; empty: the address of the interface it leaves by. */
  readonly source: readonly string[];
}

/** The packet reaches a backend, its destination translated. */
export interface DnatTrace {
  /** The packet comes in. */
  readonly action: "dnat";
  /** Id of the DNAT rule that acts. */
  readonly entry: string;
  /** Why this rule. */
  readonly reason: string;
  /** Private IP of the backend; where it is known only at deploy time, the text that stands for it. */
  readonly destination: string;
  /** Private port of the backend; absent for ICMP. */
  readonly destinationPort?: number;
}

/** No rule acts on the packet. */
export interface NoTrace {
  /** Nothing happens to it here. */
  readonly action: "none";
  /** Why none does, and what becomes of the packet. */
  readonly reason: string;
}

/** A value that is known only at deploy time decides. */
export interface UndecidedTrace {
  /** It can't be told yet. */
  readonly action: "undecided";
  /** What it hangs on. */
  readonly reason: string;
  /** Ids of the rules that may act, those that go before others first; it may be that none of them does. */
  readonly candidates: readonly string[];
}
