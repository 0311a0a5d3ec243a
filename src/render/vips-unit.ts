import { hostAddress } from "../model/address";
import { printed } from "../model/deferred";
import type { HeldAddress } from "../model/held-address";
import { unitFile } from "./unit-file";

/** Holds the VIPs of a real server, once the host has stopped answering ARP for them. */
export function realServerVipsUnit(vips: readonly HeldAddress[], sysctlFile: string | undefined): string {
  return vipsUnit(
    vips,
    [
      ["After", "systemd-sysctl.service"],
      // Services that bind a VIP wait for the network.
      ["Before", "network-online.target"],
    ],
    sysctlFile === undefined ? [] : [["ExecStartPre", `/lib/systemd/systemd-sysctl ${sysctlFile}`]],
  );
}

/** Holds the VIPs of a director that stands alone. */
export function directorVipsUnit(vips: readonly HeldAddress[]): string {
  return vipsUnit(
    vips,
    [
      ["Wants", "network-online.target"],
      ["After", "network-online.target"],
    ],
    [],
  );
}

type Lines = readonly (readonly [key: string, value: string])[];

function vipsUnit(vips: readonly HeldAddress[], order: Lines, before: Lines): string {
  return unitFile([
    { name: "Unit", lines: [["Description", "Virtual IP addresses (cdktf-lvs)"], ...order] },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ...before,
        // preferred_lft 0: a VIP is never the source of the host's own traffic.
        ...vips.map((vip) => ["ExecStart", `ip address replace ${onDevice(vip)} preferred_lft 0`] as const),
        ...vips.map((vip) => ["ExecStop", `-ip address delete ${onDevice(vip)}`] as const),
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target"]] },
  ]);
}

/** Without the length of its prefix `ip` would delete the address with any, and warn of it. */
function onDevice({ address, device }: HeldAddress): string {
  return `${hostAddress(address)} dev ${printed(device)}`;
}
