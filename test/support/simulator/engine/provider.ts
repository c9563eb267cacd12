import type { Cloud } from "./cloud";
import type { Suppress } from "./planner";
import type { Attributes, ResourceData } from "./resource-data";
import type { AttributeCheck } from "./validator";
import type { ValueMap } from "./value";

/** The provider's code for one resource type. */
export interface ResourceBehaviour {
  /** Makes the resource and calls `setId`; what it throws after that leaves the resource tainted. */
  create(cloud: Cloud, data: ResourceData): Promise<void>;
  /** Writes what the cloud says to the state; false when the resource is gone. */
  read(cloud: Cloud, data: ResourceData): Promise<boolean>;
  /** Absent when every change forces a replacement. */
  update?(cloud: Cloud, data: ResourceData): Promise<void>;
  delete(cloud: Cloud, data: ResourceData): Promise<void>;
  /** Differences the provider hides, by attribute. */
  readonly suppress?: Record<string, Suppress>;
  /** Blocks that the provider fills where the configuration has none: leaving them out is no difference. */
  readonly computedBlocks?: readonly string[];
  /** Attributes of which the state keeps something else than what was configured, such as a hash. */
  readonly normalize?: Record<string, (value: string) => string>;
  /** Checks that the rules file cannot express, by attribute. */
  readonly checks?: Record<string, AttributeCheck>;
}

/** The provider's code for one data source: returns what it found. */
export type DataSourceBehaviour = (cloud: Cloud, config: Attributes) => Promise<ValueMap>;

/** One provider and the cloud behind it. */
export interface ProviderDefinition {
  /** Its address, such as `registry.terraform.io/aliyun/alicloud`. */
  readonly source: string;
  readonly schemaFile: string;
  readonly rulesFile: string;
  readonly resources: Record<string, ResourceBehaviour>;
  readonly dataSources: Record<string, DataSourceBehaviour>;
  /** Takes the provider block; anything is accepted. */
  configure?(cloud: Cloud, config: Attributes): void;
}
