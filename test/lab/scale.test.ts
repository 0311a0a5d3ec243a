import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { TableOwner } from "../../src/model/table-owner";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import { directorPlan } from "../../src/provisioners/director-plan";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { apply } from "./direct";
import { DIRECTORS, tell } from "./hosts";

jest.setTimeout(15 * 60_000);

const SERVICES = 2000;
const SERVERS = 10;

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  const [first] = DIRECTORS;
  lab = await Lab.up({ hosts: [{ ...first, name: "lb1", address: "192.0.2.11", memoryMb: 768 }], progress: tell });
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

/** 200 VIPs of ten ports, each in front of ten real servers that nobody checks. */
function services(firstWeight: number): VirtualService[] {
  return Array.from({ length: SERVICES }, (_, index) => {
    const settings = {
      vip: `198.18.${Math.floor(index / 1000)}.${1 + (index % 100)}`,
      port: 1000 + (Math.floor(index / 100) % 10),
      healthCheck: HealthCheck.none(),
    };
    return {
      ...virtualService(settings, TableOwner.KEEPALIVED),
      realServers: Array.from({ length: SERVERS }, (_unused, server) => ({
        address: `192.0.2.${100 + server}`,
        port: settings.port,
        weight: index === 0 && server === 0 ? firstWeight : 1,
        forwardingMethod: ForwardingMethod.DR,
        healthCheck: HealthCheck.none(),
      })),
    };
  });
}

function plan(owner: TableOwner, firstWeight: number): HostPlan {
  return directorPlan(
    { host: "lb (192.0.2.11)", address: "192.0.2.11" },
    { routerId: "lb", tableOwner: owner, vipInterface: "eth0", services: services(firstWeight), settings: {} },
  );
}

async function timed(what: string, plan: HostPlan): Promise<string> {
  const startedAt = performance.now();
  const { code, stdout } = await apply(host, plan);
  tell(
    `${SERVICES} services of ${SERVERS} real servers, ${what}: ${Math.round((performance.now() - startedAt) / 1000)} s`,
  );
  expect([code, stdout.split("\n").slice(-6).join("\n")]).toEqual([0, expect.stringContaining("DONE")]);
  return stdout;
}

test("keepalived takes them, and a change of one weight is a reload", async () => {
  await timed("first deploy", plan(TableOwner.KEEPALIVED, 1));
  expect(Number(await host.run("ipvsadm -Sn | wc -l"))).toBe(SERVICES * (SERVERS + 1));
  const output = await timed("one weight", plan(TableOwner.KEEPALIVED, 5));
  expect(output).toContain("reloaded keepalived");
  expect(await host.run("ipvsadm -Sn | head -n 2")).toContain("-r 192.0.2.100:1000 -g -w 5");
  expect(await timed("no change", plan(TableOwner.KEEPALIVED, 5))).toContain("no change");
});
