import { TerraformStack, Testing } from "cdktf";
import {
  Director,
  HaPair,
  HealthCheck,
  TableOwner,
  UnmanagedRealServer,
  VirtualService,
  type IDirector,
} from "../../src";
import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { managedHostsBelow } from "../../src/provisioners/manage-host";
import { synthHosts } from "../../src/testing";
import { apply } from "./direct";
import { tell } from "./hosts";

jest.setTimeout(15 * 60_000);

const SERVERS = 10;

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [{ name: "lb1", address: "192.0.2.11", memoryMb: 768 }], progress: tell });
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

const at = (address: string) => ({ address, connection: { hostKey: "ssh-ed25519 AAAA" } });

function pair(stack: TerraformStack): IDirector {
  return new HaPair(stack, "lb", {
    primary: at("192.0.2.11"),
    secondary: at("192.0.2.12"),
    interface: "eth0",
    virtualRouterId: 51,
  });
}

function plain(stack: TerraformStack): IDirector {
  return new Director(stack, "lb", { ...at("192.0.2.11"), tableOwner: TableOwner.IPVSADM, vipInterface: "eth0" });
}

interface Size {
  readonly services: number;
  readonly healthCheck?: HealthCheck;
  /** Of the first real server of the first service. */
  readonly firstWeight?: number;
}

/**
 * What the constructs of users make of VIPs of ten ports, each in front of ten real servers: the plan for the first
 * host.
 */
function synthesized(director: (stack: TerraformStack) => IDirector, size: Size): HostPlan {
  const startedAt = performance.now();
  const { services, healthCheck = HealthCheck.none(), firstWeight = 1 } = size;
  const stack = new TerraformStack(Testing.app(), "large");
  const lb = director(stack);
  const servers = Array.from(
    { length: SERVERS },
    (_, index) => new UnmanagedRealServer(stack, `web${index}`, { address: `192.0.2.${100 + index}` }),
  );
  for (let index = 0; index < services; index++) {
    const vip = `198.18.${Math.floor(index / 1000)}.${1 + (index % 100)}`;
    const port = 1000 + (Math.floor(index / 100) % 10);
    const service = new VirtualService(stack, `service${index}`, { director: lb, vip, port, healthCheck });
    for (const [position, server] of servers.entries()) {
      service.addRealServer(server, index === 0 && position === 0 ? { weight: firstWeight } : {});
    }
  }
  synthHosts(stack);
  tell(`${services} services of ${SERVERS} real servers, synth: ${seconds(startedAt)}`);
  return managedHostsBelow(stack)[0]!.plan();
}

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

async function timed(what: string, plan: HostPlan): Promise<string> {
  const startedAt = performance.now();
  const { code, stdout } = await apply(host, plan);
  tell(`${what}: ${seconds(startedAt)}`);
  expect([code, stdout.split("\n").slice(-6).join("\n")]).toEqual([0, expect.stringContaining("DONE")]);
  return stdout;
}

/** Takes everything of ours off the host. */
function remove(): Promise<string> {
  return host.run("sh /etc/cdktf-lvs/director/current/program remove");
}

const rules = async () => Number(await host.run("ipvsadm -Sn | wc -l"));
const SERVICES = 2000;
const RULES = SERVICES * (SERVERS + 1);
/** As many as show that large tables are loaded at once: the program that compares them is slow on a slow host. */
const PLAIN = 500;

test("keepalived takes 2,000 services of 10 real servers, and a change of one weight is a reload", async () => {
  await timed("keepalived, first deploy", synthesized(pair, { services: SERVICES }));
  expect(await rules()).toBe(RULES);
  const heavier = synthesized(pair, { services: SERVICES, firstWeight: 5 });
  expect(await timed("keepalived, one weight", heavier)).toContain("reloaded keepalived");
  expect(await host.run("ipvsadm -Sn | head -n 2")).toContain("-r 192.0.2.100:1000 -g -w 5");
  await remove();
});

test("a table of thousands of plain rules is loaded at once, and changes by single steps", async () => {
  const output = await timed("ipvsadm, first deploy", synthesized(plain, { services: PLAIN }));
  expect(output).toContain(`ipvsadm -A ... (${PLAIN} of them)\n   ipvsadm -a ... (${PLAIN * SERVERS} of them)\n`);
  expect(await rules()).toBe(PLAIN * (SERVERS + 1));
  const heavier = synthesized(plain, { services: PLAIN, firstWeight: 5 });
  expect(steps(await timed("ipvsadm, one weight", heavier))).toEqual([
    "   ipvsadm -e -t 198.18.0.1:1000 -r 192.0.2.100:1000 -g -w 5",
  ]);
  await remove();
});

function steps(output: string): string[] {
  return output.split("\n").filter((line) => line.startsWith("   ipvsadm -"));
}
