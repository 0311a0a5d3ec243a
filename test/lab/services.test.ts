import { Deployment } from "../../lab/deployment";
import type { HostOptions } from "../../lab/host-options";
import { Lab } from "../../lab/lab";
import { eventually, hasVip, table, tell } from "./hosts";

jest.setTimeout(10 * 60_000);

const DIRECTORS: readonly HostOptions[] = [11, 12].map((number) => ({
  name: `lb${number - 10}`,
  address: `192.0.2.${number}`,
  services: ["web"],
}));
const WEB_SERVERS: readonly HostOptions[] = [21, 22, 23].map((number) => ({
  name: `web${number - 20}`,
  address: `192.0.2.${number}`,
  services: ["web", "udp", "sctp"],
}));
/** It takes the mails of the directors, too. */
const CLIENT: HostOptions = { name: "client", address: "192.0.2.30", services: ["smtp"] };

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS, ...WEB_SERVERS, CLIENT], progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/services.ts", withoutCli: true });
  await lab.host("web3").run("touch /run/unhealthy");
  const { code, stdout, stderr } = await deployment.deploy();
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

const http = (address: string, requests: number) => lab.answers({ protocol: "http", address, requests });

/** The real servers of one VIP in the table of a director. */
async function rulesOf(vip: string, director = "lb1"): Promise<string[]> {
  return (await table(lab.host(director))).filter((rule) => rule.startsWith("-a") && rule.includes(` ${vip}:80 `));
}

test("weights of 3 and 1 are seen in the spread", async () => {
  expect(await http("192.0.2.101", 16)).toEqual({ web1: 12, web2: 4 });
});

test("a persistent client stays with its real server", async () => {
  expect(Object.values(await http("192.0.2.102", 8))).toEqual([8]);
});

test("UDP of one client's port stays; with one-packet scheduling every datagram is on its own", async () => {
  const udp = { protocol: "udp", requests: 8, sourcePort: 40000, from: "client" } as const;
  expect(Object.values(await lab.answers({ ...udp, address: "192.0.2.103" }))).toEqual([8]);
  expect(await lab.answers({ ...udp, address: "192.0.2.104" })).toEqual({ web1: 4, web2: 4 });
});

test("SCTP under direct routing", async () => {
  const sctp = { protocol: "sctp", address: "192.0.2.110", requests: 4, from: "client" } as const;
  expect(await lab.answers(sctp)).toEqual({ web1: 2, web2: 2 });
});

test("a real server at its upper threshold gets no more connections until it is below the lower one", async () => {
  expect(await http("192.0.2.105", 2)).toEqual({ web1: 2 });
  const slow = [1, 2].map(() => lab.request("http://192.0.2.105/slow?ms=8000", { timeoutMs: 30_000 }));
  const established = / ESTABLISHED .* 192\.0\.2\.105:80 /g;
  const open = async () => (await lab.host("lb1").run("ipvsadm -Lnc")).match(established)?.length;
  await eventually("both are open", async () => (await open()) === 2);
  expect(await http("192.0.2.105", 3)).toEqual({ web2: 3 });
  await Promise.all(slow);
});

test("two VIPs of one service, each real server checked once", async () => {
  expect(await http("192.0.2.107", 2)).toEqual({ web1: 1, web2: 1 });
  expect(await http("192.0.2.108", 2)).toEqual({ web1: 1, web2: 1 });
  const conf = await lab.host("lb1").readFile("/etc/keepalived/keepalived.conf");
  expect(conf.split("\n").filter((line) => line.startsWith("virtual_server") && line.includes("192.0.2.107"))).toEqual([
    'virtual_server_group "192.0.2.107:80/tcp" {',
    'virtual_server group "192.0.2.107:80/tcp" {',
  ]);
});

test("every port of a VIP is one service", async () => {
  expect(Object.values(await http("192.0.2.109", 4))).toEqual([4]);
});

test("real servers stay silent when somebody asks for the VIP, over IPv4 and IPv6", async () => {
  const client = lab.host("client");
  const mac = (await lab.host("lb1").run("cat /sys/class/net/eth0/address")).trim();
  const replies = (await client.run("arping -c 3 -I eth0 192.0.2.101")).match(/\[[0-9A-F:]+\]/gi) ?? [];
  expect(new Set(replies.map((reply) => reply.toLowerCase()))).toEqual(new Set([`[${mac}]`]));
  await client.run("ip -6 neigh flush dev eth0; ping -6 -c 3 -i 0.3 2001:db8:2::101");
  expect(await client.run("ip -6 neigh show 2001:db8:2::101 dev eth0")).toContain(`lladdr ${mac}`);
  expect(await http("2001:db8:2::101", 4)).toEqual({ web1: 2, web2: 2 });
});

test("a real server that is to count as down until its first check has succeeded gets no connection before", async () => {
  const [first, third] = ["21", "23"].map((end) => `RS 192.0.2.${end}:80 192.0.2.113:80/tcp UP`);
  const started = async (name: string) => (await lab.host(name).run("cat /run/started")).trim().split("\n");
  for (const { name } of DIRECTORS) {
    // Otherwise it would have been up for a moment, and its failure told; the first would not have come up at all.
    expect(await started(name)).toEqual([first]);
    expect(await rulesOf("192.0.2.113", name)).toHaveLength(1);
  }
  await lab.host("web3").run("rm /run/unhealthy");
  for (const { name } of DIRECTORS) {
    await eventually("it is told", async () => (await started(name)).includes(third ?? ""));
    expect(await rulesOf("192.0.2.113", name)).toHaveLength(2);
  }
});

test("below the quorum the sorry server answers, and steps back when it is reached again", async () => {
  expect(await http("192.0.2.106", 2)).toEqual({ web1: 1, web2: 1 });
  await lab.host("web2").run("touch /run/unhealthy");
  const ms = await eventually("the sorry server answers", async () => "web3" in (await http("192.0.2.106", 1)));
  tell(`sorry server: answered ${ms} ms after a check began to fail`);
  expect(await http("192.0.2.106", 3)).toEqual({ web3: 3 });
  // Each service checks for itself, in its own time.
  await eventually("the others lose one real server", async () => (await rulesOf("192.0.2.101")).length === 1);
  expect(await http("192.0.2.101", 3)).toEqual({ web1: 3 });
  // So does each director.
  await eventually("lb2 has the sorry server too", async () => (await rulesOf("192.0.2.106", "lb2")).length === 1);
  await lab.host("web2").run("rm /run/unhealthy");
  for (const { name } of DIRECTORS) {
    for (const vip of ["192.0.2.101", "192.0.2.106"]) {
      await eventually(`both are back on ${name}`, async () => (await rulesOf(vip, name)).length === 2);
    }
  }
  expect(await http("192.0.2.106", 4)).toEqual({ web1: 2, web2: 2 });
});

test("programs on both directors hear of the quorum and of real servers", async () => {
  const directors = DIRECTORS.map(({ name }) => lab.host(name));
  const heard = async (): Promise<string[][]> =>
    Promise.all(directors.map(async (host) => (await host.run("cat /run/heard")).trim().split("\n")));
  const forget = async (): Promise<void> => {
    await Promise.all(directors.map((host) => host.run("cp /dev/null /run/heard")));
  };
  /** Programs run side by side. */
  const bothHear = async (...lines: string[]): Promise<void> => {
    const wanted = JSON.stringify([lines, lines]);
    let last = "";
    const same = async () => {
      last = JSON.stringify((await heard()).map((all) => all.sort()));
      return last === wanted;
    };
    await eventually(`both hear ${lines.join(", ")}`, same).catch((error: unknown) => {
      throw new Error(`${String(error)}; they heard ${last}`);
    });
    await forget();
  };
  // Whatever went before has come back, and the programs have said so.
  const settled = (all: string[]) => {
    const said = (what: string) => all.filter((line) => line.endsWith(what)).length;
    return said(" UP") === said(" DOWN") + 1;
  };
  await eventually("programs on both have said it", async () => (await heard()).every(settled));
  // At the start of keepalived the quorum is met; no real server has come or gone.
  for (const all of await heard()) expect(all[0]).toBe("VS 192.0.2.106:80/tcp UP");
  await forget();
  await lab.host("web2").run("touch /run/unhealthy");
  await bothHear("RS 192.0.2.22:80 192.0.2.106:80/tcp DOWN", "VS 192.0.2.106:80/tcp DOWN");
  await lab.host("web2").run("rm /run/unhealthy");
  await bothHear("RS 192.0.2.22:80 192.0.2.106:80/tcp UP", "VS 192.0.2.106:80/tcp UP");
  await lab.host("web1").run("touch /run/unhealthy");
  await bothHear("VS 192.0.2.106:80/tcp DOWN", "web1: RS 192.0.2.21:80 192.0.2.106:80/tcp DOWN");
  await lab.host("web1").run("rm /run/unhealthy");
  await bothHear("VS 192.0.2.106:80/tcp UP");
});

test("a director without the VIP makes no checks where that is wanted, and begins when it has the VIP", async () => {
  await lab.host("web2").run("touch /run/unhealthy");
  await eventually("lb1 finds it", async () => (await rulesOf("192.0.2.112")).length === 1);
  await eventually("so does lb2 elsewhere", async () => (await rulesOf("192.0.2.101", "lb2")).length === 1);
  expect(await rulesOf("192.0.2.112", "lb2")).toHaveLength(2);
  await lab.host("lb1").run("systemctl stop keepalived");
  await eventually("lb2 finds it", async () => (await rulesOf("192.0.2.112", "lb2")).length === 1);
  await lab.host("web2").run("rm /run/unhealthy");
  await eventually("it is back on lb2", async () => (await rulesOf("192.0.2.112", "lb2")).length === 2);
  await lab.host("lb1").run("systemctl start keepalived");
  await eventually("lb1 has the VIP", () => hasVip(lab.host("lb1"), "192.0.2.112"));
  await eventually("lb1 has both", async () => (await rulesOf("192.0.2.112")).length === 2);
});

test("directors that are real servers themselves share the requests, whoever holds the VIP", async () => {
  expect(await http("192.0.2.111", 6)).toEqual({ lb1: 3, lb2: 3 });
  await lab.host("lb1").run("systemctl stop keepalived");
  await eventually("lb2 has the VIP", () => hasVip(lab.host("lb2"), "192.0.2.111"));
  await eventually("both answer", async () => Object.keys(await http("192.0.2.111", 4)).length === 2);
  await lab.host("lb1").run("systemctl start keepalived");
  await eventually("lb1 has the VIP", () => hasVip(lab.host("lb1"), "192.0.2.111"));
  // A director balances when its synchronisation daemon is a master's.
  const daemonOf = async (name: string) => (await lab.host(name).run("ipvsadm -L --daemon")).split(" ")[0];
  await eventually("lb1 balances", async () => (await daemonOf("lb1")) === "master");
  await eventually("lb2 does not", async () => (await daemonOf("lb2")) === "backup");
  expect(await http("192.0.2.111", 6)).toEqual({ lb1: 3, lb2: 3 });
});

test("mails tell of a real server, of the quorum, and of who has the VIPs", async () => {
  const client = lab.host("client");
  const arrived = async () => (await client.run("sort -u /run/lab-mail")).split("\n");
  for (const [router, became] of [
    ["lb-primary", "MASTER"],
    ["lb-secondary", "BACKUP"],
  ]) {
    for (const subject of [
      "Realserver [192.0.2.22]:tcp:80 of virtual server [192.0.2.106]:tcp:80 - DOWN",
      "Realserver [192.0.2.22]:tcp:80 of virtual server [192.0.2.106]:tcp:80 - UP",
      "Virtualserver [192.0.2.106]:tcp:80 - DOWN",
      `VRRP Instance lb - Entering ${became} state`,
    ]) {
      const line = `Subject: [${router}] ${subject}`;
      await eventually(line, async () => (await arrived()).includes(line), 20_000).catch(async (error: unknown) => {
        throw new Error(`${String(error)}; there are:\n${(await arrived()).join("\n")}`);
      });
    }
  }
  expect(await arrived()).toEqual(expect.arrayContaining(["From: lb@example.org", "To: lvs@example.org"]));
});
