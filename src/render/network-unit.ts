import { unitFile } from "./unit-file";

/** A link, route or rule, in words for ip(8). */
export interface NetworkObject {
  readonly add: string;
  readonly delete: string;
  /** Shows what is there; it is there when `text` is in the output, or, where `text` begins with `!`, the rest is not. */
  readonly show: string;
  readonly text: string;
}

/** A gateway must be in a network of the host. */
const AFTER_THE_NETWORK = [
  ["Wants", "network-online.target"],
  ["After", "network-online.target"],
] as const;

/** VIPs are on the new links. */
const BEFORE_THE_VIPS = [
  ["After", "systemd-modules-load.service"],
  ["Before", "cdktf-lvs-vips.service network-online.target"],
] as const;

/** What is made at boot. */
export interface NetworkUnitContent {
  readonly objects: readonly NetworkObject[];
  /** Settings of the new links. */
  readonly sysctlFile?: string;
}

/** Makes links, routes and rules at boot. */
export function networkUnit({ objects, sysctlFile }: NetworkUnitContent): string {
  const needsAddresses = objects.some(({ add }) => /\broute /.test(add));
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Description", "Links, routes and rules (cdktf-lvs)"],
        ...(needsAddresses ? AFTER_THE_NETWORK : BEFORE_THE_VIPS),
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ...objects.map((object) => ["ExecStart", `ip ${object.add}`] as const),
        ...(sysctlFile === undefined ? [] : [["ExecStart", `/lib/systemd/systemd-sysctl ${sysctlFile}`] as const]),
        ...[...objects].reverse().map((object) => ["ExecStop", `-ip ${object.delete}`] as const),
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target"]] },
  ]);
}
