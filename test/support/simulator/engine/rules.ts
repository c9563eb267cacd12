import { readFileSync } from "node:fs";
import type { Json } from "./value";

/** What a provider's schema says about one attribute beyond its type. */
export interface AttributeRules {
  readonly force_new?: boolean;
  readonly default?: Json;
  readonly allowed?: readonly string[];
  readonly range?: readonly [number, number];
  readonly length?: readonly [number, number];
  readonly min_items?: number;
  readonly max_items?: number;
  readonly conflicts_with?: readonly string[];
  readonly at_least_one_of?: readonly string[];
  readonly exactly_one_of?: readonly string[];
  readonly required_with?: readonly string[];
  readonly diff_suppressed?: boolean;
  readonly deprecated?: boolean;
  readonly removed?: boolean;
}

/** The rules of a resource; nested attributes are named `block.attribute`. */
export interface TypeRules {
  readonly attributes?: Record<string, AttributeRules>;
  readonly timeouts?: Partial<Record<TimeoutName, string>>;
  /** Whether the provider changes anything in place. */
  readonly update?: boolean;
}

/** What a timeout is for. */
export type TimeoutName = "create" | "read" | "update" | "delete";

/** Rules by type; data sources are named `data.type`. */
export type ProviderRules = Record<string, TypeRules>;

/** Reads the rules that stand beside a provider's schema. */
export function readProviderRules(file: string): ProviderRules {
  return JSON.parse(readFileSync(file, "utf8")) as ProviderRules;
}

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** The seconds of a Go duration such as `5m0s`, `90s` or `1h30m`. */
export function durationSeconds(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([text]) => text).join("") !== duration) {
    throw new Error(`not a duration: ${JSON.stringify(duration)}`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
}
