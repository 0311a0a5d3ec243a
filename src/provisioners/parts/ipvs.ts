import { ipvsModules, type DirectorConfig } from "../../model/director";
import { ipvsSysctls } from "../../model/ipvs-settings";
import type { Sysctl } from "../../model/sysctl";
import type { PlanPart } from "../plan-part";

/**
 * Under direct routing a director never sees the end of a connection, and keeps it for two minutes after the client's
 * part of the end. Without the first setting a client that uses the same port again in that time is sent to a real
 * server that is gone; without the second a persistent client keeps coming to one that is drained (ipvs-sysctl).
 */
const FORGET_REAL_SERVERS_THAT_LEAVE: readonly Sysctl[] = [
  { key: "net/ipv4/vs/expire_nodest_conn", value: "1" },
  { key: "net/ipv4/vs/expire_quiescent_template", value: "1" },
];

/** IPVS itself: its modules, its settings, and the program that shows its table. */
export function ipvsPart({ services, settings: { ipvs = {} } }: DirectorConfig): PlanPart {
  return {
    packages: [
      { name: "ipvsadm", command: "ipvsadm" },
      { name: "iproute2", command: "ip" },
    ],
    modules: ipvsModules(services),
    sysctls: [
      ...FORGET_REAL_SERVERS_THAT_LEAVE,
      ...ipvsSysctls("ipvs", ipvs).map(({ key, value }) => ({ key, value })),
    ],
  };
}
