/** What this cloud calls a part of a network, and the network: for messages. */
export const WORDS = { subnet: "subnet", network: "VPC" } as const;
