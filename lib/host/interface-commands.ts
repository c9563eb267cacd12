import type { HostPlan } from "./host-plan";
import type { ParsedHostInterface } from "./parse-host-options";
import { hasInterfaces } from "./systemd-units";

/** Shell functions that set up the interfaces that the user names; `""` where there is nothing to do. */
export function renderInterfaceCommands(plan: HostPlan): string {
  if (!hasInterfaces(plan)) {
    return "";
  }
  const commands = [plan.privateInterface, plan.publicInterface].flatMap((given) =>
    given === undefined ? [] : commandsFor(given),
  );
  return `# What is missing here stops nobody else: rules and forwarding stay as they are.
quit() {
  say "FAILED: $*"
  exit 1
}

# An interface may come late.
wait_for() {
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if ip link set dev "$1" up 2>/dev/null; then
      return 0
    fi
    say "waiting for $1 ($try of 20)"
    sleep 3
  done
  quit "there is no interface $1"
}

interfaces() {
${commands.map((line) => `  ${line}`).join("\n")}
}

`;
}

function commandsFor({ name, address, routes, suppressDefaultRoute }: ParsedHostInterface): readonly string[] {
  return [
    `wait_for ${name}`,
    ...(address === undefined
      ? []
      : [`ip address replace "${address}" dev ${name} || quit "cannot give ${address} to ${name}"`]),
    ...(suppressDefaultRoute
      ? [
          `while [ -n "$(ip -4 route show default dev ${name})" ]; do`,
          `  ip -4 route delete default dev ${name} || quit "cannot take the default route through ${name} away"`,
          "done",
        ]
      : []),
    ...routes.flatMap(({ destination, via }) => {
      const gateway = via === undefined ? "" : ` via "${via.toString()}"`;
      return [
        `ip -4 route replace "${destination.toString()}"${gateway} dev ${name} ||`,
        `  quit "cannot route ${destination.toString()} through ${name}"`,
      ];
    }),
  ];
}
