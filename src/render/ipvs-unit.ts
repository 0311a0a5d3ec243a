import { SyncState } from "../model/connection-sync";
import { syncStates, type SyncDaemon } from "../model/sync-daemon";
import { startDaemonArguments } from "./sync-daemon";
import { unitFile } from "./unit-file";

/** What IPVS forgets at a reboot, apart from its table. */
export interface IpvsUnitContent {
  /** `TCP TCPFIN UDP`, in seconds. */
  readonly timeouts?: string;
  readonly syncDaemon?: SyncDaemon;
}

/** Sets the timeouts of IPVS and starts its synchronisation daemons at boot. */
export function ipvsUnit({ timeouts, syncDaemon }: IpvsUnitContent): string {
  const states = syncDaemon === undefined ? [] : syncStates(syncDaemon.state ?? SyncState.BOTH);
  return unitFile([
    {
      name: "Unit",
      lines: [
        ["Description", "IPVS timeouts and connection synchronisation (cdktf-lvs)"],
        // A master daemon needs its interface up.
        ["Wants", "network-online.target"],
        ["After", "network-online.target systemd-modules-load.service systemd-sysctl.service"],
      ],
    },
    {
      name: "Service",
      lines: [
        ["Type", "oneshot"],
        ["RemainAfterExit", "yes"],
        ...(timeouts === undefined ? [] : [["ExecStart", `ipvsadm --set ${timeouts}`] as const]),
        ...states.flatMap((state) =>
          syncDaemon === undefined
            ? []
            : [
                // One that runs already, in other words too, is in the way.
                ["ExecStart", `-ipvsadm --stop-daemon ${state}`] as const,
                ["ExecStart", `ipvsadm ${startDaemonArguments(state, syncDaemon)}`] as const,
              ],
        ),
        ...states.map((state) => ["ExecStop", `-ipvsadm --stop-daemon ${state}`] as const),
      ],
    },
    { name: "Install", lines: [["WantedBy", "multi-user.target"]] },
  ]);
}
