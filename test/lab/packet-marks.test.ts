import type { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { apply, expectLive, liveState, withFile } from "./direct";
import { check, eventually, tell, VIP, VIP6 } from "./hosts";
import { deploy, LIST, plan, site, upWithRealServers } from "./packet-plan";

jest.setTimeout(10 * 60_000);

const CONF = "/etc/cdktf-lvs/nftables.conf";

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  lab = await upWithRealServers();
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

/** Which real servers answered on the ports of the site, which must be one and the same. */
async function served(address: string, from?: string): Promise<string[]> {
  const asked = [80, 8080, 80, 8080].map((port) => ({ protocol: "http", address, port, requests: 3 }) as const);
  const answers: string[] = [];
  for (const question of asked) {
    answers.push(...Object.keys(await lab.answers({ ...question, ...(from !== undefined && { from }) })));
  }
  return [...new Set(answers)];
}

test("two ports of one site are one service: each client stays on one real server, over IPv4 and IPv6", async () => {
  await deploy(host, plan([site(VIP), site(VIP6)]));
  for (const vip of [VIP, VIP6]) {
    const here = await served(vip);
    const there = await served(vip, "client");
    tell(`${vip}: the lab's end on ${here.join()}, the client on ${there.join()}`);
    expect([...here, ...there].sort()).toEqual(["web1", "web2"]);
  }
  expect(await host.run("cat /proc/sys/net/ipv4/vs/conntrack")).toBe("0\n");
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test("a second deploy loads nothing", async () => {
  expect(await deploy(host, plan([site(VIP), site(VIP6)]))).toContain("DONE lb (192.0.2.11): no change");
});

test("other ports under load: keepalived is left alone, and no packet goes without its mark", async () => {
  const pid = await host.run("systemctl show -P MainPID keepalived");
  const load = lab.startLoad({ url: `http://${VIP}/`, perSecond: 25 });
  const output = await deploy(host, plan([site(VIP, [80, 81]), site(VIP6)]));
  const back = await deploy(host, plan([site(VIP), site(VIP6)]));
  const report = await load.stop();
  tell(`change of ports under load: ${JSON.stringify(report)}`);
  expect(report.failures).toEqual([]);
  expect(output + back).not.toContain("keepalived");
  expect(await host.run("systemctl show -P MainPID keepalived")).toBe(pid);
});

test("marks come before their service and go after it; a change that fails puts them back", async () => {
  const before = await liveState(host);
  const rules = await host.run(LIST);
  const other = plan([site(VIP, [80, 8080], 2), site(VIP6)]);
  const failing = withFile({ ...other, verifyTimeoutSeconds: 8 }, "/etc/keepalived/keepalived.conf", (text) =>
    text.replace("fwmark 2", "fwmark 3"),
  );
  const run = apply(host, failing);
  await eventually("both marks are set", async () => {
    const live = await host.run(LIST);
    return live.includes("meta mark set 0x00000001") && live.includes("meta mark set 0x00000002");
  });
  const { code, stdout } = await run;
  expect([code, stdout]).toEqual([1, expect.stringContaining("service not in the IPVS table: -A -f 2")]);
  expect(await host.run(LIST)).toBe(rules);
  await expectLive(host, before);
});

test("what nft refuses never goes live", async () => {
  const before = (await liveState(host)) + (await host.run(LIST));
  const broken = withFile(plan([site(VIP)]), CONF, (text) => text.replace("ip daddr", "ip6 daddr"));
  const { code, stdout } = await apply(host, broken);
  expect([code, stdout]).toEqual([1, expect.stringContaining("this host refuses the nftables table: ")]);
  expect((await liveState(host)) + (await host.run(LIST))).toBe(before);
});

test("a table that somebody changed or threw away is found, and the next deploy puts it back", async () => {
  await host.run("nft add rule inet cdktf_lvs marks tcp dport 9999 meta mark set 9");
  const changed = await check(host, "director");
  expect([changed.code, changed.stdout]).toEqual([
    2,
    expect.stringMatching(/the nftables table is not as deployed:\n +\+ \s+tcp dport 9999 meta mark set 0x00000009\n/),
  ]);
  await host.run("nft flush ruleset");
  expect((await check(host, "director")).stdout).toContain("drift: the nftables table is not there");
  expect(await deploy(host, plan([site(VIP), site(VIP6)]))).toContain("DONE lb (192.0.2.11): nftables table loaded");
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test.each(["start", "reload", "restart", "stop"])(
  "the table survives '%s' of the distribution's nftables.service",
  async (verb) => {
    await host.run(`nft add table inet theirs && systemctl ${verb} nftables`);
    expect(await host.run("nft list tables")).not.toContain("theirs");
    expect((await check(host, "director")).stdout).toContain("as deployed");
    expect(await served(VIP)).toHaveLength(1);
  },
);

test("it is there again after a reboot, with nftables.service and without", async () => {
  for (const verb of ["enable", "disable"]) {
    await host.run(`systemctl ${verb} nftables`);
    await host.reboot();
    await eventually(
      "the site answers",
      async () => (await lab.request(`http://${VIP}/`, { timeoutMs: 500 })).status === 200,
    );
    expect((await check(host, "director")).stdout).toContain("as deployed");
  }
});
