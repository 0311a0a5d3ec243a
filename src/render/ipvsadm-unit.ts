import { unitFile } from "./unit-file";

/** A oneshot unit that loads plain ipvsadm rules at boot and clears the table when it is stopped. */
export function ipvsadmUnit(rulesFile: string): string {
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Description", "IPVS table (cdktf-lvs)"],
        ["After", "systemd-modules-load.service"],
        ["Before", "network-online.target"],
        ["ConditionFileNotEmpty", rulesFile],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ["StandardInput", `file:${rulesFile}`],
        ["ExecStart", "ipvsadm --restore"],
        ["ExecStop", "ipvsadm --clear"],
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target"]] },
  ]);
}
