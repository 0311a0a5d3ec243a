import type { LabHost } from "../../lab/host";
import type { CommandResult } from "../../lab/command";
import type { DirectorSettings } from "../../src/model/director-settings";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import type { VirtualService } from "../../src/model/virtual-service";
import { applyScript } from "../../src/provisioners/apply-script";
import { directorPlan } from "../../src/provisioners/director-plan";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { expectSoon, VIP } from "./hosts";

/** A service on direct routing whose real servers have these weights. */
function webService(weights: readonly number[]): VirtualService {
  const healthCheck = HealthCheck.none();
  return {
    vip: VIP,
    port: 80,
    protocol: Protocol.TCP,
    scheduler: Scheduler.WRR,
    healthCheck,
    delayLoopSeconds: 2,
    realServers: weights.map((weight, index) => ({
      address: `192.0.2.${21 + index}`,
      port: 80,
      weight,
      forwardingMethod: ForwardingMethod.DR,
      healthCheck,
    })),
  };
}

/** A lone director with these settings, planned without Terraform. */
export function lonePlan(
  tableOwner: TableOwner,
  settings: DirectorSettings,
  weights: readonly number[] = [2, 2],
): HostPlan {
  return directorPlan(
    { host: "lb (192.0.2.11)", address: "192.0.2.11", labels: 'construct="web/lb",role="director"' },
    { routerId: "lb", tableOwner, vipInterface: "eth0", services: [webService(weights)], settings },
  );
}

/** With keepalived, and real servers of these weights. */
export function keepalivedPlan(weights: readonly number[] = [2, 2], drainTimeoutSeconds = 5): HostPlan {
  return lonePlan(TableOwner.KEEPALIVED, { drainTimeoutSeconds }, weights);
}

/** With plain ipvsadm rules. */
export function ipvsadmPlan(): HostPlan {
  return lonePlan(TableOwner.IPVSADM, { drainTimeoutSeconds: 5 });
}

/** The plan with one of its files changed. */
export function withFile(plan: HostPlan, path: string, change: (text: string) => string): HostPlan {
  return {
    ...plan,
    files: plan.files.map((file) => (file.path === path ? { ...file, text: change(file.text) } : file)),
  };
}

/** Applies a plan the plain way: the script goes to `sh -s` over SSH. */
export function apply(host: LabHost, plan: HostPlan): Promise<CommandResult> {
  return host.exec("sh -s", { stdin: applyScript(plan), timeoutMs: 300_000 });
}

/** Expects the live state that was there before a run; after a change that was taken back, keepalived loads its old file in its own time. */
export async function expectLive(host: LabHost, before: string): Promise<void> {
  await expectSoon(() => liveState(host), before);
}

/** All that must be as it was when a run fails. */
export async function liveState(host: LabHost): Promise<string> {
  return host.run(
    [
      "cd /etc && sha256sum keepalived/keepalived.conf modules-load.d/* systemd/system/*.service systemd/system/keepalived.service.d/*",
      "ipvsadm -Sn",
      "ip -oneline address show dev eth0",
      "systemctl show -P MainPID keepalived",
      "systemctl is-active keepalived cdktf-lvs-vips",
      "ls -A /etc/cdktf-lvs /etc/cdktf-lvs/director",
    ].join("; "),
  );
}
