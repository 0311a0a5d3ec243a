import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { Protocol } from "../../src/model/protocol";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import { TunnelChecksum, TunnelType } from "../../src/model/tunnel";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import { directorPlan } from "../../src/provisioners/director-plan";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { apply } from "./direct";
import { check, DIRECTORS, table, tell } from "./hosts";

jest.setTimeout(5 * 60_000);

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  lab = await Lab.up({ hosts: DIRECTORS, progress: tell });
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

const server = (different: Partial<RealServer>): RealServer => ({
  address: "192.0.2.21",
  port: 80,
  weight: 1,
  forwardingMethod: ForwardingMethod.DR,
  healthCheck: HealthCheck.none(),
  ...different,
});
const gue = {
  forwardingMethod: ForwardingMethod.TUN,
  tunnel: { type: TunnelType.GUE, port: 6080, checksum: TunnelChecksum.FULL },
};

/** A web service with these real servers beside one of marks over IPv6. */
function services(realServers: readonly RealServer[]): VirtualService[] {
  const web = { vip: "192.0.2.100", port: 80, scheduler: Scheduler.SH, hashing: { fallback: true, port: true } };
  const marked = {
    vip: "2001:db8:2::100",
    firewallMark: { mark: 7 },
    protocol: Protocol.UDP,
    onePacketScheduling: true,
  };
  const owner = TableOwner.IPVSADM;
  return [
    { ...virtualService(web, owner), realServers },
    {
      ...virtualService(marked, owner),
      realServers: [server({ address: "2001:db8:2::21", port: 0, upperThreshold: 9 })],
    },
  ];
}

function plan(realServers: readonly RealServer[], ...more: readonly VirtualService[]): HostPlan {
  return directorPlan(
    { host: "lb (192.0.2.11)", address: "192.0.2.11" },
    {
      routerId: "lb",
      tableOwner: TableOwner.IPVSADM,
      services: [...services(realServers), ...more],
      settings: { drainTimeoutSeconds: 3 },
    },
  );
}

async function deploy(realServers: readonly RealServer[]): Promise<string> {
  const { code, stdout } = await apply(host, plan(realServers));
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE")]);
  return stdout;
}

async function thresholds(): Promise<string[]> {
  const lines = (await host.run("ipvsadm -Ln --thresholds")).split("\n").filter((line) => line.startsWith("  -> "));
  return lines.slice(1).map((line) => line.trim().split(/\s+/).slice(1, 4).join(" "));
}

const first = server({ upperThreshold: 10, lowerThreshold: 5 });
const second = server({ address: "192.0.2.22", ...gue, upperThreshold: 20 });
const MARKED = ["-A -f 7 -6 -s wlc -o", "-a -f 7 -6 -r [2001:db8:2::21]:0 -g -w 1"];

test("marks, flags, tunnels and thresholds are in the table", async () => {
  await deploy([first, second]);
  expect(await table(host)).toEqual([
    "-A -t 192.0.2.100:80 -s sh -b sh-fallback,sh-port",
    "-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 1",
    "-a -t 192.0.2.100:80 -r 192.0.2.22:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum",
    ...MARKED,
  ]);
  expect(await thresholds()).toEqual(["192.0.2.21:80 10 5", "192.0.2.22:80 20 0", "[2001:db8:2::21]:0 9 0"]);
});

test("the same again changes nothing", async () => {
  expect(await deploy([first, second])).toContain("DONE lb (192.0.2.11): no change");
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test("a change of a threshold is one step, and keeps the rest of the rule", async () => {
  const output = await deploy([first, { ...second, upperThreshold: 30, weight: 2 }]);
  expect(output.split("\n").filter((line) => line.includes("ipvsadm -"))).toEqual([
    "   ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.22:80 -i -w 2 --tun-type gue --tun-port 6080 --tun-csum -x 30 -y 0",
  ]);
  expect(await thresholds()).toContain("192.0.2.22:80 30 0");
});

test("a change of the forwarding method is one step", async () => {
  const changed = server({ address: "192.0.2.22", forwardingMethod: ForwardingMethod.NAT, upperThreshold: 30 });
  const output = await deploy([first, changed]);
  expect(output.split("\n").filter((line) => line.includes("ipvsadm -"))).toEqual([
    "   ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.22:80 -m -w 1 -x 30 -y 0",
  ]);
  expect(await table(host)).toContain("-a -t 192.0.2.100:80 -r 192.0.2.22:80 -m -w 1");
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test("keepalived changes the forwarding method in place, too", async () => {
  const other = lab.host("lb2");
  const plan = (forwardingMethod: ForwardingMethod) => {
    const services = [
      {
        ...virtualService({ vip: "192.0.2.101", port: 80 }, TableOwner.KEEPALIVED),
        realServers: [server({ forwardingMethod })],
      },
    ];
    const config = { routerId: "lb", tableOwner: TableOwner.KEEPALIVED, vipInterface: "eth0", services };
    return directorPlan({ host: "lb2", address: "192.0.2.12" }, { ...config, settings: { drainTimeoutSeconds: 0 } });
  };
  expect((await apply(other, plan(ForwardingMethod.DR))).code).toBe(0);
  const { code, stdout } = await apply(other, plan(ForwardingMethod.NAT));
  expect([code, stdout]).toEqual([0, expect.not.stringContaining("== drain")]);
  expect(await table(other)).toContain("-a -t 192.0.2.101:80 -r 192.0.2.21:80 -m -w 1");
  expect((await check(other, "director")).stdout).toContain("as deployed");
});

test("a threshold that somebody changed is found and put right", async () => {
  await host.run("ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 1 -x 99");
  expect((await check(host, "director")).code).toBe(2);
  await deploy([first, { ...second, upperThreshold: 30, weight: 2 }]);
  expect(await thresholds()).toContain("192.0.2.21:80 10 5");
});

test("what only the live table refuses is found in it, and the steps that it took are taken back", async () => {
  const before = await table(host);
  // With such a daemon the kernel takes no real server of the other family; where rules are tried first, none runs.
  await host.run("ipvsadm --start-daemon master --mcast-interface eth0");
  const mixed: VirtualService = {
    ...virtualService({ vip: "2001:db8:2::101", port: 80 }, TableOwner.IPVSADM),
    realServers: [
      server({ address: "192.0.2.21", forwardingMethod: ForwardingMethod.TUN, tunnel: { type: TunnelType.IPIP } }),
      server({ address: "2001:db8:2::22" }),
    ],
  };
  const { code, stdout } = await apply(host, plan([first, { ...second, upperThreshold: 30, weight: 7 }], mixed));
  await host.run("ipvsadm --stop-daemon master");
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining(
      "at activate: ipvsadm did not take every step: the IPVS table differs: +-a -t [2001:db8:2::101]:80 -r 192.0.2.21:80",
    ),
  ]);
  expect(stdout).toContain("ipvsadm -D -t [2001:db8:2::101]:80");
  expect(stdout).toContain("the old files are back");
  expect(await table(host)).toEqual(before);
  expect(await thresholds()).toContain("192.0.2.22:80 30 0");
});

test("a tunnel server that leaves is drained and deleted", async () => {
  const output = await deploy([first]);
  expect(output).toContain("weight 0: -t 192.0.2.100:80 -r 192.0.2.22:80 -i");
  expect(await table(host)).toEqual([
    "-A -t 192.0.2.100:80 -s sh -b sh-fallback,sh-port",
    "-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 1",
    ...MARKED,
  ]);
});

test("all of it is back after a reboot", async () => {
  await host.reboot();
  expect((await check(host, "director")).stdout).toContain("as deployed");
  expect(await thresholds()).toEqual(["192.0.2.21:80 10 5", "[2001:db8:2::21]:0 9 0"]);
});
