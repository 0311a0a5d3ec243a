import { unitFile } from "./unit-file";

/** What Debian's own keepalived.service lacks: a network to speak on, and a way back from a crash. */
export function keepalivedDropIn(): string {
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Wants", "network-online.target"],
        ["After", "network-online.target systemd-modules-load.service"],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Restart", "on-failure"],
        ["RestartSec", "1"],
      ],
    },
  ]);
}
