import { unitFile } from "./unit-file";

/** Runs the host program's check once; a difference from the last deploy makes it fail. */
export function checkServiceUnit(program: string): string {
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Description", "Comparison of this host with its last deploy (cdktf-lvs)"],
        ["ConditionPathExists", program],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["ExecStart", `sh ${program} watch`],
        // A deploy is at work.
        ["SuccessExitStatus", "75"],
        ["TimeoutStartSec", "120"],
        ["Nice", "10"],
      ],
    },
  ]);
}

/** Starts the check some time after the last one has ended, not at the same moment on every host. */
export function checkTimerUnit(intervalSeconds: number): string {
  return unitFile([
    { name: "Unit", lines: [["Description", "Regular comparison of this host with its last deploy (cdktf-lvs)"]] },
    {
      name: "Timer",
      lines: [
        ["OnActiveSec", String(intervalSeconds)],
        ["OnUnitInactiveSec", String(intervalSeconds)],
        ["RandomizedDelaySec", String(Math.ceil(intervalSeconds / 10))],
        ["AccuracySec", "1"],
      ],
    },
    { name: "Install", lines: [["WantedBy", "timers.target"]] },
  ]);
}
