import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { applyScript } from "../../src/provisioners/apply-script";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { nftablesConf } from "../../src/render/nftables-conf";
import { TableOwner } from "../../src/model/table-owner";
import { apply, expectLive, keepalivedPlan, liveState, lonePlan, withFile } from "./direct";
import { check, DIRECTORS, eventually, hasVip, table, tell } from "./hosts";

jest.setTimeout(10 * 60_000);

const CONF = "/etc/keepalived/keepalived.conf";
const WEIGHT_5 = "-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 5";

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  lab = await Lab.up({ hosts: DIRECTORS.slice(0, 1), progress: tell });
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

beforeEach(async () => {
  const { code, stdout } = await apply(host, keepalivedPlan());
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE")]);
});

async function expectRefused(plan: ReturnType<typeof keepalivedPlan>, reason: string): Promise<string> {
  const before = await liveState(host);
  const { code, stdout } = await apply(host, plan);
  expect([code, stdout]).toEqual([1, expect.stringContaining(reason)]);
  await expectLive(host, before);
  return stdout;
}

test("what keepalived refuses never goes live", async () => {
  const broken = withFile(keepalivedPlan(), CONF, (text) => text.replace("lvs_sched", "lvs_schedd"));
  const output = await expectRefused(
    broken,
    "FAILED lb (192.0.2.11) at check: keepalived refuses the new configuration",
  );
  expect(output).toContain("Unknown keyword 'lvs_schedd'");
});

test("a host without the interface is left alone", async () => {
  await expectRefused(
    { ...keepalivedPlan(), interfaces: ["bond7"] },
    "at preflight: this host has no interface bond7, only eth0 lo",
  );
});

test("another host than the one meant is left alone", async () => {
  await expectRefused({ ...keepalivedPlan(), address: "192.0.2.99" }, "192.0.2.99 is not an address of this host");
});

test("what does not run as planned is put back", async () => {
  const plan = { ...keepalivedPlan([5, 2]), verifyTimeoutSeconds: 3 };
  const other = withFile(plan, CONF, (text) => text.replace("192.0.2.100 80", "192.0.2.101 80"));
  await expectRefused(
    other,
    "at verify: service not in the IPVS table: -A -t 192.0.2.100:80 -s wrr (after 3 s); see: journalctl -u keepalived; the old files are",
  );
});

test("a full disk changes nothing", async () => {
  await host.run("mkdir -p /mnt/full && mount -t tmpfs -o size=2m none /mnt/full && cp -a /etc/cdktf-lvs /mnt/full/");
  const fill = "head -c $(($(df --output=avail -B 1 /mnt/full | tail -n 1) - 40960)) /dev/zero >/etc/cdktf-lvs/ballast";
  await host.run(`mount --bind /mnt/full/cdktf-lvs /etc/cdktf-lvs && ${fill}`);
  const before = await host.run(`sha256sum ${CONF}; ipvsadm -Sn; ls -A /etc/cdktf-lvs`);
  const { code, stdout } = await apply(host, keepalivedPlan([5, 2]));
  expect([code, stdout]).toEqual([1, expect.stringContaining("FAILED at unpack: /etc/cdktf-lvs has ")]);
  expect(await host.run(`sha256sum ${CONF}; ipvsadm -Sn; ls -A /etc/cdktf-lvs`)).toBe(before);
  await host.run("umount /etc/cdktf-lvs /mnt/full && rmdir /mnt/full");
});

test("a connection that breaks does not stop a run half-way", async () => {
  const child = host.exec("echo $$ > /run/connection; exec sh -s", { stdin: applyScript(keepalivedPlan([5, 2])) });
  await eventually(
    "the run is under way",
    async () => (await host.exec("test -e /etc/cdktf-lvs/director/pending")).code === 0,
  );
  // The sshd that carries the run dies, as it does when the network does.
  const kill = "pid=$(ps -o ppid= -p $(cat /run/connection)); rm /run/connection; kill -9 $pid";
  await host.exec(kill).catch(() => undefined);
  await child.catch(() => undefined);
  await eventually("the run has ended", async () => (await host.exec("ls -d /etc/cdktf-lvs/incoming.*")).code !== 0);
  expect(await table(host)).toContain(WEIGHT_5);
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test("two runs at once do not mix", async () => {
  const [first, second] = await Promise.all([apply(host, keepalivedPlan([5, 2])), apply(host, keepalivedPlan([7, 3]))]);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.stdout + second.stdout).toContain("waiting for another run on this host");
  expect((await check(host, "director")).stdout).toContain("as deployed");
  const weights = (await table(host)).slice(1).map((rule) => rule.split(" -w ")[1]);
  expect([
    ["5", "2"],
    ["7", "3"],
  ]).toContainEqual(weights);
});

test("a host that dies between the new file and the reload is finished by the next run", async () => {
  // Its reload hangs until the crash, which takes the drop-in in /run along.
  const dropIn = "/run/systemd/system/keepalived.service.d";
  const hangs = "[Service]\\nExecReload=\\nExecReload=sleep 120\\n";
  await host.run(`mkdir -p ${dropIn} && printf '${hangs}' > ${dropIn}/zz-hangs.conf && systemctl daemon-reload`);
  const run = apply(host, keepalivedPlan([5, 2]));
  await host.run('until [ "$(systemctl is-active keepalived)" = reloading ]; do sleep 1; done');
  await host.crash();
  await run.catch(() => undefined);
  await host.start();
  await host.waitForSsh();
  expect((await check(host, "director")).stdout).toContain("a run was interrupted half-way");
  const { code, stdout } = await apply(host, keepalivedPlan([5, 2]));
  expect([code, stdout]).toEqual([0, expect.stringContaining("an earlier run was interrupted")]);
  expect(await table(host)).toContain(WEIGHT_5);
  expect(await host.run("ls -A /etc/cdktf-lvs /etc/cdktf-lvs/director")).not.toMatch(/incoming|pending|rollback/);
});

/** Something of every kind that a plan can bring to a director, and a service that never comes to be. */
function endlessPlan(): HostPlan {
  const settings = { monitoring: {}, extraFiles: [{ path: "/srv/new/extra.conf", text: "extra\n" }] };
  const plan = lonePlan(TableOwner.KEEPALIVED, settings);
  const packetRules = nftablesConf({ marks: [] });
  return withFile(
    {
      ...plan,
      sysctls: [...plan.sysctls, { key: "net/ipv4/vs/sloppy_tcp", value: "1" }],
      held: [...plan.held, { address: "192.0.2.105", device: "eth0" }],
      files: [...plan.files, { path: "/etc/cdktf-lvs/nftables.conf", mode: "600", text: packetRules }],
      verifyTimeoutSeconds: 300,
    },
    CONF,
    (text) => text.replace("192.0.2.100 80", "192.0.2.101 80"),
  );
}

test("a run that is killed, and followed by the old definition, leaves nothing of the new one behind", async () => {
  const brought = () =>
    host.run(
      "nft list tables; ls /srv; cat /proc/sys/net/ipv4/vs/sloppy_tcp; systemctl is-enabled cdktf-lvs-check.timer 2>&1; true",
    );
  const [before, broughtBefore] = [await liveState(host), await brought()];
  const run = apply(host, endlessPlan());
  const changed = async () => (await table(host)).includes("-A -t 192.0.2.101:80 -s wrr");
  await eventually("all is changed", changed, 180_000);
  await host.run("kill -9 -- -$(cat /etc/cdktf-lvs/incoming.*/pid)");
  await run.catch(() => undefined);
  expect(await hasVip(host, "192.0.2.105")).toBe(true);
  expect(await brought()).toBe("table inet cdktf_lvs\nnew\n1\nenabled\n");
  const { code, stdout } = await apply(host, keepalivedPlan());
  expect([code, stdout]).toEqual([0, expect.stringContaining("== undo: an earlier run was interrupted")]);
  expect(stdout).not.toContain("could not put back");
  expect((await check(host, "director")).stdout).toContain("as deployed");
  expect(await brought()).toBe(broughtBefore);
  expect(await liveState(host)).toBe(before);
});

test("a keepalived that ends when it reloads is no success", async () => {
  const dropIn = "/run/systemd/system/keepalived.service.d";
  const dies = "[Service]\\nExecReload=\\nExecReload=kill -KILL $MAINPID\\n";
  await host.run(`mkdir -p ${dropIn} && printf '${dies}' > ${dropIn}/zz-dies.conf && systemctl daemon-reload`);
  // The IPVS table is the same with it.
  const { code, stdout } = await apply(
    host,
    withFile(keepalivedPlan(), CONF, (text) => text.replace("delay_loop 2", "delay_loop 3")),
  );
  expect([code, stdout]).toEqual([1, expect.stringContaining("keepalived ended when it reloaded")]);
  await host.run(`rm ${dropIn}/zz-dies.conf && systemctl daemon-reload`);
});

test("a table that was cleared by hand is brought back", async () => {
  await host.run("ipvsadm -C");
  const { code, stdout } = await apply(host, keepalivedPlan());
  expect([code, stdout]).toEqual([0, expect.stringContaining("restarted keepalived: someone had cleared its table")]);
  expect(await table(host)).toHaveLength(3);
});

test("a waiting apt is waited for, and a busy one is not disturbed", async () => {
  const lock = host.exec("exec 9>/var/lib/apt/lists/lock; flock 9; sleep 8");
  const needs = { ...keepalivedPlan(), packages: [...keepalivedPlan().packages, { name: "ipset", command: "ipset" }] };
  const { stdout } = await apply(host, needs);
  await lock;
  expect(stdout).toContain("== packages: installing ipset");
});

test("what was there before comes back, also after a first deploy that failed", async () => {
  const remove = () => host.run("sh /etc/cdktf-lvs/director/current/program remove");
  await remove();
  await host.writeFile(CONF, "# theirs\n", 0o640);
  const broken = withFile(keepalivedPlan(), CONF, (text) => text.replace("lvs_sched", "lvs_schedd"));
  expect((await apply(host, broken)).code).toBe(1);
  expect(await host.readFile(CONF)).toBe("# theirs\n");
  expect((await apply(host, keepalivedPlan())).code).toBe(0);
  expect(await host.readFile(CONF)).toContain("virtual_server");
  // As a crash brings back what a run has just deleted; no process can have this id.
  await host.run("mkdir -m 700 /etc/cdktf-lvs/incoming.99999999.Ab1Cd2");
  await remove();
  expect(
    await host.run(`cat ${CONF}; stat -c %a ${CONF}; ipvsadm -Sn; ls -d /etc/cdktf-lvs /run/cdktf-lvs 2>&1; true`),
  ).toBe(
    "# theirs\n640\n" +
      "ls: cannot access '/etc/cdktf-lvs': No such file or directory\n" +
      "ls: cannot access '/run/cdktf-lvs': No such file or directory\n",
  );
});
