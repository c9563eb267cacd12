import { Annotations, Aspects } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Adds warnings that only the finished construct shows (no EIP was added, say). `warnings` runs once, when the app is
 * synthesized.
 */
export function warnAtSynth(construct: IConstruct, warnings: () => readonly string[]): void {
  let done = false;
  Aspects.of(construct).add({
    visit(node) {
      if (node !== construct || done) return;
      done = true;
      for (const warning of warnings()) Annotations.of(construct).addWarning(warning);
    },
  });
}

/** Adds a warning at once. */
export function warn(construct: IConstruct, warning: string): void {
  Annotations.of(construct).addWarning(warning);
}
