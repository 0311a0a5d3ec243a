import { addressFamily } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { unitFile } from "./unit-file";

/** A link, route or rule, in words for ip(8). */
export interface NetworkObject {
  readonly add: string;
  readonly delete: string;
  /** Shows what is there; it is there when `text` is in the output. */
  readonly show: string;
  readonly text: string;
}

/** What is made at boot. */
export interface NetworkUnitContent {
  readonly objects?: readonly NetworkObject[];
  readonly defaultRoutes?: readonly Deferrable<string>[];
  /** Settings of the new links. */
  readonly sysctlFile?: string;
}

/** Makes links, routes and rules at boot. */
export function networkUnit({ objects = [], defaultRoutes = [], sysctlFile }: NetworkUnitContent): string {
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Description", "Links, routes and rules (cdktf-lvs)"],
        // Routes need the addresses of the host.
        ["Wants", "network-online.target"],
        ["After", "network-online.target systemd-modules-load.service"],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ...objects.map((object) => ["ExecStart", `ip ${object.add}`] as const),
        ...(sysctlFile === undefined ? [] : [["ExecStart", `/usr/lib/systemd/systemd-sysctl ${sysctlFile}`] as const]),
        ...defaultRoutes.map((gateway) => ["ExecStart", defaultRoute(gateway)] as const),
        ...[...objects].reverse().map((object) => ["ExecStop", `-ip ${object.delete}`] as const),
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target"]] },
  ]);
}

function defaultRoute(gateway: Deferrable<string>): string {
  const family = addressFamily(gateway) === "IPv6" ? " -6" : "";
  return `ip${family} route replace default via ${printed(gateway)}`;
}
