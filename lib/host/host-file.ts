/** A file of a NAT host. */
export interface HostFile {
  /** Where it stands on the host: an absolute path. */
  readonly path: string;
  /** What it says. */
  readonly content: string;
  /** Its permissions in octal, for example `"0644"`; owner is root. */
  readonly permissions: string;
}
