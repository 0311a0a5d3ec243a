import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import type { TunedDefinition } from "./apps/tuned-definition";
import { DIRECTORS, eventually, expectAsDeployed, expectSoon, hasVip, tell, VIP } from "./hosts";

jest.setTimeout(10 * 60_000);

// Whoever has the VIPs keeps them: a director that comes back knows of connections only when they are announced again.
const DEFINITION: TunedDefinition = { pair: { preempt: false } };

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  const hosts = [...DIRECTORS, ECHO, { name: "client", address: "192.0.2.31" }];
  lab = await Lab.up({ hosts, progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/tuned.ts", withoutCli: true });
  const { code, stdout } = await deployment.deploy({ DEFINITION: JSON.stringify(DEFINITION) });
  expect([code, stdout]).toEqual([0, expect.anything()]);
  await eventually("a director has the VIP", async () => (await master()) !== undefined);
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

const ECHO = { name: "rs1", address: "192.0.2.21", services: ["echo", "udp"] } as const;

async function master(): Promise<string | undefined> {
  for (const { name } of DIRECTORS) if (await hasVip(lab.host(name))) return name;
  return undefined;
}

function other(name: string): string {
  return name === "lb1" ? "lb2" : "lb1";
}

/** Whom the table of a director has TCP connections from: address and port. */
async function connections(name: string): Promise<string[]> {
  const lines = (await lab.host(name).run("ipvsadm -Lnc")).split("\n");
  return lines.filter((line) => line.startsWith("TCP ")).map((line) => line.split(/\s+/)[3] ?? line);
}

/** Waits until a director knows a connection that it did not know before. */
async function learns(name: string, before: readonly string[], timeoutMs: number): Promise<number> {
  const isNew = (connection: string) => !before.includes(connection);
  return eventually("it knows the connection", async () => (await connections(name)).some(isNew), timeoutMs);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The crash of the director that works, and the return of a host that the other one tells of its connections. */
async function crashMaster(): Promise<string> {
  const lost = (await master()) ?? "";
  await lab.host(lost).crash();
  return lost;
}

async function bringBack(name: string): Promise<void> {
  await lab.host(name).start();
  await lab.host(name).waitForSsh();
  // On a busy machine a director may hear no advert for a third of a second, and take the VIPs back.
  await eventually("one director works, the other is its backup", async () => {
    const states = await Promise.all(DIRECTORS.map(async (director) => (await daemons(director.name)).split(" ")[0]));
    return states.sort().join() === "backup,master";
  });
}

function daemons(name: string): Promise<string> {
  return lab.host(name).run("ipvsadm -L --daemon");
}

test("the master sends and the backup listens", async () => {
  const name = (await master()) ?? "";
  const words = "mcast=eth0, syncid=51, maxlen=1472, group=224.0.0.81, port=8848, ttl=1";
  await expectSoon(() => daemons(name), `master sync daemon (${words})\n`);
  await expectSoon(() => daemons(other(name)), `backup sync daemon (${words})\n`);
});

test("a long connection lives through the crash of its director without a lost line", async () => {
  const echo = lab.startEcho({ address: VIP, everyMs: 50, from: "client" });
  await pause(5000);
  const lost = await crashMaster();
  const takeover = await eventually("the other director has the VIP", () => hasVip(lab.host(other(lost))));
  await pause(5000);
  const report = await echo.stop();
  tell(`a connection through a crash: takeover ${takeover} ms, ${JSON.stringify(report)}`);
  expect(report).toMatchObject({ host: "rs1", received: report.sent, brokenBy: null });
  expect(report.sent).toBeGreaterThan(150);
  await bringBack(lost);
});

test("a connection that only said hello is known to the backup within 4 seconds, and lives on", async () => {
  const name = (await master()) ?? "";
  const [mine, before] = [await connections(name), await connections(other(name))];
  // Says one line at once, and the next ones long after the crash.
  const echo = lab.startEcho({ address: VIP, everyMs: 12_000, from: "client" });
  await learns(name, mine, 30_000);
  const known = await learns(other(name), before, 10_000);
  const lost = await crashMaster();
  await eventually("the other director has the VIP", () => hasVip(lab.host(other(lost))));
  await pause(20_000);
  const report = await echo.stop();
  tell(`a short connection through a crash: known to the backup after ${known} ms, ${JSON.stringify(report)}`);
  expect(known).toBeLessThan(4000);
  expect(report).toMatchObject({ received: report.sent, brokenBy: null });
  expect(report.sent).toBeGreaterThanOrEqual(2);
  await bringBack(lost);
});

test("a director that comes back learns of the connections in use", async () => {
  const name = (await master()) ?? "";
  const echo = lab.startEcho({ address: VIP, from: "client" });
  await pause(4000);
  await lab.host(other(name)).crash();
  await bringBack(other(name));
  const learned = await learns(other(name), [], 20_000);
  await crashMaster();
  await eventually("it has the VIP", () => hasVip(lab.host(other(name))));
  await pause(3000);
  const report = await echo.stop();
  tell(`a connection older than the backup: known to it after ${learned} ms, ${JSON.stringify(report)}`);
  expect(report).toMatchObject({ received: report.sent, brokenBy: null });
  await bringBack(name);
});

test("a primary that comes back takes the VIPs when it knows the connections, and none is reset", async () => {
  const { code, stdout } = await deployment.deploy({ DEFINITION: JSON.stringify({ pair: {} }) });
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE")]);
  expect(await master()).toBe("lb1");
  const before = await connections("lb2");
  const echo = lab.startEcho({ address: VIP, everyMs: 200, from: "client" });
  await learns("lb2", before, 10_000);
  await lab.host("lb1").crash();
  await eventually("lb2 has the VIP", () => hasVip(lab.host("lb2")));
  await lab.host("lb1").start();
  await lab.host("lb1").waitForSsh();
  const back = await eventually("lb1 has the VIP again", () => hasVip(lab.host("lb1")));
  await pause(3000);
  const report = await echo.stop();
  tell(`a connection through a crash and the return: VIP back after ${back} ms, ${JSON.stringify(report)}`);
  expect(report).toMatchObject({ host: "rs1", received: report.sent, brokenBy: null });
});

test("a deploy and its check leave the daemons as they are", async () => {
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
});
