import type { Cloud } from "./engine/cloud";
import type { Fault } from "./engine/faults";
import type { CloudAttributes, CloudObject } from "./engine/store";

/** What a test may ask of the running simulator. */
export type Command =
  | { readonly do: "inject"; readonly fault: Fault }
  | { readonly do: "clear-faults" }
  | { readonly do: "faults-left" }
  | { readonly do: "reset"; readonly objects: readonly CloudObject[] }
  | { readonly do: "seed"; readonly objects: readonly CloudObject[] }
  | { readonly do: "modify"; readonly type: string; readonly id: string; readonly attributes: CloudAttributes }
  | { readonly do: "remove"; readonly type: string; readonly id: string };

/** Does what a test asked for; returns the answer. */
export function obey(cloud: Cloud, command: Command): number {
  cloud.advance();
  if (command.do === "inject") cloud.faults.inject(command.fault);
  else if (command.do === "clear-faults") cloud.faults.clear();
  else if (command.do === "reset") cloud.reset(command.objects);
  else if (command.do === "seed") command.objects.forEach((object) => cloud.put(object));
  else if (command.do === "modify") cloud.change(known(cloud, command), command.attributes);
  else if (command.do === "remove") cloud.remove(known(cloud, command));
  cloud.save();
  return cloud.faults.left;
}

function known(cloud: Cloud, { type, id }: { type: string; id: string }): string {
  if (cloud.find(type, id) === undefined) throw new Error(`the cloud has no ${type} ${id}`);
  return id;
}
