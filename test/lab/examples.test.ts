import { Deployment } from "../../lab/deployment";
import type { HostOptions } from "../../lab/host-options";
import { Lab } from "../../lab/lab";
import { eventually, expectAsDeployed, hasVip, resolved, table, tell } from "./hosts";

jest.setTimeout(10 * 60_000);

const HOSTS: readonly HostOptions[] = [
  { name: "lb1", address: "192.0.2.11", moreAddresses: ["198.51.100.11"] },
  { name: "lb2", address: "192.0.2.12" },
  { name: "web1", address: "192.0.2.21", services: ["web", "dns"], webPorts: [80, 443] },
  { name: "web2", address: "192.0.2.22", services: ["web", "dns"], webPorts: [80, 443] },
  { name: "inside1", address: "198.51.100.21", services: ["web"], webPorts: [8080] },
  { name: "inside2", address: "198.51.100.22", services: ["web"], webPorts: [8080] },
  { name: "remote1", address: "203.0.113.21", services: ["web"] },
  { name: "remote2", address: "203.0.113.22", services: ["web"] },
  { name: "client", address: "192.0.2.30" },
];
const SEGMENTS = [
  { name: "inside", ipv4: "198.51.100.0/24", ipv6: "2001:db8:100::/64" },
  { name: "remote", ipv4: "203.0.113.0/24", ipv6: "2001:db8:113::/64" },
];

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.up({ hosts: HOSTS, segments: SEGMENTS, progress: tell });
});

afterAll(async () => {
  await lab?.down();
});

/** Deploys an example, looks at it, and cleans the hosts. */
async function tried(example: string, look: () => Promise<void>): Promise<void> {
  const deployment = new Deployment(lab, { app: `examples/${example}/main.ts`, withoutCli: true });
  const env = { TF_VAR_vrrp_password: "lab12345" };
  const { code, stdout, stderr } = await deployment.deploy(env);
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  await expectAsDeployed(lab.host("lb1"));
  // A lone director does not announce its VIPs, and an example before may have had them on another host.
  await lab.host("client").run("ip neighbour flush dev eth0");
  await lab.execInNamespace(["ip", "neighbour", "flush", "to", "192.0.2.0/24"]);
  await look();
  expect((await deployment.destroy(env)).code).toBe(0);
  deployment.remove();
}

function answers(address: string, port = 80, requests = 4): Promise<Record<string, number>> {
  return lab.answers({ protocol: "http", address, port, requests, from: "client" });
}

/** Those of one director, by their last words: `-s SCHEDULER ...` or `-r SERVER METHOD -w WEIGHT`. */
async function rules(host = "lb1"): Promise<string[]> {
  return (await table(lab.host(host))).map((rule) => rule.replace(/^.*? (-[sr] )/, "$1"));
}

test("ha-direct-routing", () =>
  tried("ha-direct-routing", async () => {
    expect(await answers("192.0.2.100")).toEqual({ web1: 2, web2: 2 });
  }));

test("nat-director", () =>
  tried("nat-director", async () => {
    expect(await answers("192.0.2.100")).toEqual({ inside1: 2, inside2: 2 });
  }));

test("tunnel-two-segments", () =>
  tried("tunnel-two-segments", async () => {
    expect(await answers("192.0.2.100")).toEqual({ remote1: 2, remote2: 2 });
  }));

test("multi-port-site: both ports lead a client to one real server", () =>
  tried("multi-port-site", async () => {
    const plain = await answers("192.0.2.100");
    expect(Object.values(plain)).toEqual([4]);
    expect(await answers("192.0.2.100", 443)).toEqual(plain);
  }));

test("dns: one-packet scheduling for UDP, and a name server that is silent gets no questions", () =>
  tried("dns", async () => {
    expect((await rules()).filter((rule) => rule.startsWith("-s"))).toEqual(["-s rr", "-s rr -o"]);
    const servers = async () => (await rules()).filter((rule) => rule.startsWith("-r")).length;
    expect(await servers()).toBe(4);
    await lab.host("web2").run("systemctl stop lab-dns");
    await eventually("it is out of both services", async () => (await servers()) === 2);
    await lab.host("web2").run("systemctl start lab-dns");
    await eventually("it is back", async () => (await servers()) === 4);
    // What every name server of the lab says.
    for (let question = 0; question < 3; question++) expect(await resolved(lab, "192.0.2.53")).toBe("192.0.2.1");
  }));

test("dual-stack", () =>
  tried("dual-stack", async () => {
    for (const vip of ["192.0.2.100", "2001:db8:2::100"]) expect(await answers(vip)).toEqual({ web1: 2, web2: 2 });
  }));

test("active-active: each site is at home on a director of its own", () =>
  tried("active-active", async () => {
    expect(await hasVip(lab.host("lb1"), "192.0.2.100")).toBe(true);
    await eventually("lb2 has the other", () => hasVip(lab.host("lb2"), "192.0.2.101"));
    for (const vip of ["192.0.2.100", "192.0.2.101"]) expect(await answers(vip)).toEqual({ web1: 2, web2: 2 });
  }));

test("plain-ipvsadm", () =>
  tried("plain-ipvsadm", async () => {
    expect(await rules()).toEqual(expect.arrayContaining(["-s wrr", "-r 192.0.2.21:53 -g -w 1"]));
    expect(await hasVip(lab.host("lb1"), "192.0.2.53")).toBe(true);
    expect(await resolved(lab, "192.0.2.53")).toBe("192.0.2.1");
  }));
