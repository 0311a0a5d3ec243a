import { unitFile } from "./unit-file";

/**
 * What Debian's own keepalived.service lacks: a network to speak on, time to load thousands of rules on a slow host, and a
 * way back from a crash, however often. Until it is back another director takes the VIPs, so they must not stay here.
 */
export function keepalivedDropIn(): string {
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Wants", "network-online.target"],
        ["After", "network-online.target systemd-modules-load.service"],
        ["StartLimitIntervalSec", "0"],
      ],
    },
    {
      name: "Service",
      lines: [
        ["TimeoutStartSec", "300"],
        ["Restart", "on-failure"],
        ["RestartSec", "1"],
        ["ExecStopPost", "-sh /etc/cdktf-lvs/director/current/program stopped"],
      ],
    },
  ]);
}
