/**
 * One failure to come. It strikes a call that the cloud would let through; one that the cloud itself refuses, as while
 * another operation is under way, does not count.
 *
 * - `fails-before`: the k-th call is refused and does nothing.
 * - `answer-lost`: the k-th call does its work, its caller gets an error all the same.
 * - `dies-before`: the process dies when the k-th call arrives; the call does nothing.
 * - `dies-after`: the process dies after the k-th call has done its work, before its caller hears of it.
 * - `dies-after-answer`: the process dies after the k-th ApplyResourceChange was answered; Terraform has the answer.
 */
export interface Fault {
  readonly form: "fails-before" | "answer-lost" | "dies-before" | "dies-after" | "dies-after-answer";
  /** Which call or operation fails, counted from 1 after the injection. @default 1 */
  readonly call?: number;
  /** Counts every call, or only those that change the cloud. @default "mutating" */
  readonly counts?: "all" | "mutating";
  /** Counts only calls of this action. @default - calls of any action */
  readonly action?: string;
  /** The error code of the failing forms. @default "SimulatedFault", which no provider code retries */
  readonly code?: string;
}

/** What a fault makes of a call. */
export type FaultEffect = Exclude<Fault["form"], "dies-after-answer">;

/** The failures that are still to come. */
export class Faults {
  private pending: { fault: Fault; seen: number }[] = [];

  /** Adds a failure; it counts from now on. */
  public inject(fault: Fault): void {
    this.pending.push({ fault, seen: 0 });
  }

  /** Forgets every failure that has not happened. */
  public clear(): void {
    this.pending = [];
  }

  /** How many failures have not happened. */
  public get left(): number {
    return this.pending.length;
  }

  /** Counts a call of the API that the cloud lets through, and says whether it fails; each fault happens once. */
  public onCall(action: string, mutating: boolean): { effect: FaultEffect; code: string } | undefined {
    return this.count(({ form, counts, action: only }) => {
      if (form === "dies-after-answer" || (only !== undefined && only !== action)) return undefined;
      return mutating || counts === "all" ? form : undefined;
    });
  }

  /** Counts an answered ApplyResourceChange and says whether the process dies now. */
  public onAnswer(): boolean {
    return this.count(({ form }) => (form === "dies-after-answer" ? form : undefined)) !== undefined;
  }

  private count<Form extends string>(
    applies: (fault: Fault) => Form | undefined,
  ): { effect: Form; code: string } | undefined {
    for (const item of this.pending) {
      const effect = applies(item.fault);
      if (effect === undefined) continue;
      item.seen += 1;
      if (item.seen < (item.fault.call ?? 1)) continue;
      this.pending = this.pending.filter((other) => other !== item);
      return { effect, code: item.fault.code ?? "SimulatedFault" };
    }
    return undefined;
  }
}
