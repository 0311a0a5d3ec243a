import type { LabHost } from "../../lab/host";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import type { HealthChecks } from "../../src/model/health-check/list";
import { Protocol } from "../../src/model/protocol";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import type { VirtualService } from "../../src/model/virtual-service";
import { directorPlan } from "../../src/provisioners/director-plan";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { eventually, table, VIP } from "./hosts";

export const WEB1 = "192.0.2.21";
export const WEB2 = "192.0.2.22";

/** A service of two real servers that are checked every second; `first` is what is different about the first. */
export function checkedService(
  port: number,
  healthCheck: HealthChecks,
  first: Partial<RealServer> = {},
  different: Partial<VirtualService> = {},
): VirtualService {
  const server = { port, weight: 2, forwardingMethod: ForwardingMethod.DR, healthCheck };
  return {
    vip: VIP,
    port,
    protocol: Protocol.TCP,
    scheduler: Scheduler.RR,
    healthCheck,
    delayLoopSeconds: 1,
    ...different,
    realServers: [
      { ...server, address: WEB1, ...first },
      { ...server, address: WEB2 },
    ],
  };
}

/** A lone director with these services, planned without Terraform. */
export function checkedPlan(services: readonly VirtualService[], keepalivedVersion = "2.2.7"): HostPlan {
  return directorPlan(
    { host: "lb (192.0.2.11)", address: "192.0.2.11" },
    {
      routerId: "lb",
      tableOwner: TableOwner.KEEPALIVED,
      vipInterface: "eth0",
      bfdInstances: [
        {
          name: "web1",
          neighborAddress: WEB1,
          sourceAddress: "192.0.2.11",
          minRxMilliseconds: 100,
          minTxMilliseconds: 100,
        },
      ],
      services,
      settings: { drainTimeoutSeconds: 1, keepalivedVersion },
    },
  );
}

/** The weight that a real server has in a service, undefined when it is not in the table. */
export async function weightOf(host: LabHost, port: number, server = WEB1): Promise<number | undefined> {
  const rule = (await table(host)).find((line) => line.startsWith(`-a -t ${VIP}:${port} -r ${server}:${port} `));
  return rule === undefined ? undefined : Number(rule.split(" -w ")[1]);
}

/** Waits until the first real server has this weight in a service, undefined meaning that it is out. */
export async function weighs(host: LabHost, what: string, port: number, weight: number | undefined): Promise<number> {
  return eventually(`${what}: weight ${weight} at port ${port}`, async () => (await weightOf(host, port)) === weight);
}
