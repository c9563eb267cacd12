export { startSimulator } from "./start";
export type { CloudName, Seed, Simulator, SimulatorOptions } from "./start";
export type { ApiCall } from "./engine/cloud";
export type { Fault } from "./engine/faults";
export type { CloudAttributes, CloudObject } from "./engine/store";
export { existingGateway } from "./alicloud/existing-gateway";
export type { ExistingGateway } from "./alicloud/existing-gateway";
export { Workspace } from "./workspace";
export type { Blocks, Configuration, StateResource } from "./workspace";
