import { unitFile } from "./unit-file";

const DELETE_TABLE = "add table inet cdktf_lvs; delete table inet cdktf_lvs";

/** A oneshot unit that loads our nftables table before the network comes up, and takes it away when it is stopped. */
export function nftablesUnit(file: string): string {
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Description", "nftables table (cdktf-lvs)"],
        ["DefaultDependencies", "no"],
        ["Wants", "network-pre.target"],
        ["After", "nftables.service"],
        ["Before", "network-pre.target shutdown.target"],
        ["Conflicts", "shutdown.target"],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ["ExecStart", `nft -f ${file}`],
        // Whether it is there or not.
        ["ExecStop", `nft "${DELETE_TABLE}"`],
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target"]] },
  ]);
}

/** The distributions' own nftables.service throws away every table when it starts, reloads and stops: ours comes back. */
export function nftablesDropIn(file: string): string {
  const again = `-nft -f ${file}`;
  return unitFile([
    {
      name: "Service",
      lines: [
        ["ExecStartPost", again],
        ["ExecReload", again],
        ["ExecStopPost", again],
      ],
    },
  ]);
}
