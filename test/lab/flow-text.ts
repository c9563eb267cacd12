import type { Flow, FlowResult, Seen } from "./agent";

/** A flow out of a line such as `a udp 10.0.1.5:5000 > 198.51.100.7:53`; ICMP has no ports. */
export function flow(line: string, more: Partial<Flow> = {}): Flow {
  const [from = "", proto, source = "", , destination = ""] = line.split(" ");
  const [src = "", sport = "1"] = source.split(":");
  const [dst = "", dport] = destination.split(":");
  return {
    from,
    proto: proto as Flow["proto"],
    src,
    dst,
    sport: Number(sport),
    ...(dport !== undefined && { dport: Number(dport) }),
    ...more,
  };
}

/** What became of a flow, a line for each packet that arrived: `internet request 203.0.113.10:5000 > 198.51.100.7:53`. */
export function lines({ requests, answers, error }: FlowResult): readonly string[] {
  return [...requests, ...answers].map(line).concat(error ?? []);
}

function line({ at, kind, src, dst, sport, dport }: Seen): string {
  const port = (given: number | undefined) => (given === undefined ? "" : `:${given}`);
  return `${at} ${kind} ${src}${port(sport)} > ${dst}${port(dport)}`;
}
