/** The first line of rules. */
export const RULES_HEADER = "# Written by cdktf-nat; what is changed here by hand is lost.";

/** The last line of rules: without it a part of them is missing, and the host does not load them. */
export const RULES_END = "# cdktf-nat: end of rules";
