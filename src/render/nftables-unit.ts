import { unitFile } from "./unit-file";

const DELETE_TABLE = "add table inet cdktf_lvs; delete table inet cdktf_lvs";

/**
 * A oneshot unit that loads our nftables table before the network comes up, and takes it away when it is stopped.
 * Distributions have a unit whose start, stop and reload throw away every table there is: this one follows it.
 */
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
        ["PartOf", "nftables.service"],
        ["ReloadPropagatedFrom", "nftables.service"],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ["ExecStart", `nft -f ${file}`],
        ["ExecReload", `nft -f ${file}`],
        // Whether it is there or not.
        ["ExecStop", `nft "${DELETE_TABLE}"`],
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target nftables.service"]] },
  ]);
}
