import type { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { applyScript } from "../../src/provisioners/apply-script";
import { liveState } from "./direct";
import { check, table, tell, VIP, VIP6 } from "./hosts";
import { deploy, LIST, plan, service, site, upWithRealServers } from "./packet-plan";

jest.setTimeout(10 * 60_000);

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  lab = await upWithRealServers();
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

const closed = [
  service({ vip: VIP, port: 80, allowedClients: ["192.0.2.48/28"] }),
  service({ vip: VIP, port: 8080 }),
  service({ vip: VIP6, port: 80, allowedClients: ["2001:db8:2::1", "2001:db8:2:1::/64"] }),
];

async function reaches(address: string, port: number, from?: string): Promise<boolean> {
  const question = { protocol: "http", address, port, requests: 1 } as const;
  const answers = Object.keys(await lab.answers({ ...question, ...(from !== undefined && { from }) }));
  return answers.some((answer) => answer.startsWith("web"));
}

test("only the clients of a service reach it, and a VIP answers for nothing but services", async () => {
  await deploy(host, plan(closed, { servicesOnly: true }));
  expect([await reaches(VIP, 80), await reaches(VIP, 80, "client")]).toEqual([false, true]);
  expect([await reaches(VIP6, 80), await reaches(VIP6, 80, "client")]).toEqual([true, false]);
  expect([await reaches(VIP, 8080), await reaches(VIP, 8080, "client")]).toEqual([true, true]);
  const ssh = (address: string, seconds = 3) =>
    lab.host("client").exec(`timeout ${seconds} bash -c 'exec 3<>/dev/tcp/${address}/22; head -c 4 <&3'`);
  expect((await ssh(VIP)).stdout).toBe("");
  expect((await ssh(VIP6)).stdout).toBe("");
  expect((await ssh("192.0.2.11", 30)).stdout).toBe("SSH-");
  expect((await lab.host("client").exec(`ping -c1 -W2 ${VIP}`)).code).toBe(0);
  const counters = await host.run("nft list chain inet cdktf_lvs firewall");
  tell(counters);
  expect(counters).toMatch(/192\.0\.2\.100 tcp dport 80 .*counter packets [1-9]\d* bytes \d+ drop/);
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test.each([
  ["told by the environment", "SSH_CONNECTION='192.0.2.1 50000 192.0.2.100 22' sh -s"],
  [
    "hidden by sudo",
    "setpriv --reuid deploy --regid deploy --init-groups env SSH_CONNECTION='192.0.2.1 50000 192.0.2.100 22' sudo sh -s",
  ],
])("a deploy over a connection that the firewall would drop is refused: %s", async (_title, command) => {
  const before = (await liveState(host)) + (await host.run(LIST));
  const { code, stdout } = await host.exec(command, { stdin: applyScript(plan(closed, { servicesOnly: true })) });
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining("the firewall would drop the connection of this deploy, to the VIP 192.0.2.100 port 22"),
  ]);
  expect((await liveState(host)) + (await host.run(LIST))).toBe(before);
});

test("when nothing is marked and dropped any more, the table goes", async () => {
  const output = await deploy(host, plan([service({ vip: VIP, port: 80 })]));
  expect(output).toContain("deleted the nftables table");
  const left = await host.exec("nft list tables; ls /etc/cdktf-lvs; systemctl list-unit-files 'cdktf-lvs-nftables*'");
  expect(left.stdout).not.toMatch(/cdktf_lvs|nftables/);
  expect(await table(host)).toContain("-A -t 192.0.2.100:80 -s wlc");
});

test("remove leaves nothing, and other tables alone", async () => {
  await deploy(host, plan([site(VIP)]));
  await host.run("nft add table inet theirs");
  await host.run("sh /etc/cdktf-lvs/director/current/program remove");
  expect(await host.run("nft list tables; ls -d /etc/cdktf-lvs 2>&1; ipvsadm -Sn")).toBe(
    "table inet theirs\nls: cannot access '/etc/cdktf-lvs': No such file or directory\n",
  );
  expect((await host.exec("systemctl status cdktf-lvs-nftables")).code).toBe(4);
});
