import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import type { DeepDeferrable } from "../../src/model/deferred";
import type { FirewallSettings } from "../../src/model/firewall";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { TableOwner } from "../../src/model/table-owner";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import { directorPlan } from "../../src/provisioners/director-plan";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { drRealServerPart } from "../../src/provisioners/parts/dr-real-server";
import { realServerPlan } from "../../src/provisioners/real-server-plan";
import { apply } from "./direct";
import { DIRECTORS, tell, VIP, VIP6 } from "./hosts";

/** The rules of our nftables table, without counters. */
export const LIST = "nft --stateless list table inet cdktf_lvs";

/** A director to be, two real servers that are ready for the VIPs, and a client. */
export async function upWithRealServers(): Promise<Lab> {
  const web = { webPorts: [80, 8080], services: ["web"] } as const;
  const lab = await Lab.up({
    hosts: [
      ...DIRECTORS.slice(0, 1),
      { name: "web1", address: "192.0.2.21", ...web },
      { name: "web2", address: "192.0.2.22", ...web },
      { name: "client", address: "192.0.2.50", image: "bare" },
    ],
    progress: tell,
  });
  for (const name of ["web1", "web2"]) {
    const { address } = lab.host(name);
    await deploy(lab.host(name), realServerPlan({ host: name, address }, [drRealServerPart([VIP, VIP6])]));
  }
  return lab;
}

/** A service with both real servers, unchecked. */
export function service(settings: DeepDeferrable<VirtualServiceSettings>): VirtualService {
  const healthCheck = HealthCheck.none();
  const start = settings.vip === VIP6 ? "2001:db8:2::2" : "192.0.2.2";
  const realServers = ["1", "2"].map((end) => ({
    address: `${start}${end}`,
    port: settings.port ?? 0,
    weight: 1,
    forwardingMethod: ForwardingMethod.DR,
    healthCheck,
  }));
  return { ...virtualService({ healthCheck, ...settings }, TableOwner.KEEPALIVED), realServers };
}

/** A site of several ports, whose clients each stay on one real server. */
export function site(vip: string, ports: readonly number[] = [80, 8080], mark = 1): VirtualService {
  return service({ vip, firewallMark: { mark, ports }, persistence: { timeoutSeconds: 60 } });
}

/** A lone director, as the construct of that name would plan it. */
export function plan(services: readonly VirtualService[], firewall?: FirewallSettings): HostPlan {
  return directorPlan(
    { host: "lb (192.0.2.11)", address: "192.0.2.11" },
    {
      routerId: "lb",
      tableOwner: TableOwner.KEEPALIVED,
      vipInterface: "eth0",
      services,
      settings: { drainTimeoutSeconds: 1, ...(firewall && { firewall }) },
    },
  );
}

/** What the run said, which must have succeeded. */
export async function deploy(on: LabHost, wanted: HostPlan): Promise<string> {
  const { code, stdout } = await apply(on, wanted);
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE")]);
  return stdout;
}
