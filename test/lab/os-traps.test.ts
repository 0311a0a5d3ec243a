import type { LabHost } from "../../lab/host";
import { Lab } from "../../lab/lab";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { SYSTEMS } from "../support/systems";
import { apply, ipvsadmPlan, keepalivedPlan, liveState } from "./direct";
import { check, DIRECTORS, tell } from "./hosts";

jest.setTimeout(10 * 60_000);

const IPVSADM = "/etc/default/ipvsadm";
const KEEPALIVED = "/etc/default/keepalived";

let lab: Lab;
let host: LabHost;

beforeAll(async () => {
  lab = await Lab.up({ hosts: DIRECTORS.slice(0, 1), progress: tell });
  host = lab.host("lb1");
});

afterAll(async () => {
  await lab?.down();
});

/** Changes a line of a file that Debian ships, and gives it back as it was. */
async function withLine(file: string, shipped: string, line: string, test: () => Promise<void>): Promise<void> {
  const before = await host.readFile(file);
  expect(before.split("\n")).toContain(shipped);
  await host.writeFile(file, before.replace(`\n${shipped}\n`, `\n${line}\n`));
  await test().finally(() => host.writeFile(file, before));
}

/** Everything that a first deploy would change; a run that was refused leaves an empty directory and its lock. */
async function untouched(): Promise<string> {
  return host.run(
    [
      "ls -d /etc/cdktf-lvs/* 2>&1",
      "ls -A /etc/keepalived /etc/modules-load.d /etc/sysctl.d /etc/systemd/system",
      "cat /proc/net/ip_vs 2>&1",
      "ip -brief address",
      "systemctl is-active keepalived",
      "true",
    ].join("; "),
  );
}

async function expectRefused(plan: HostPlan, reason: string, state: () => Promise<string>): Promise<void> {
  const before = await state();
  const { code, stdout } = await apply(host, plan);
  expect([code, stdout]).toEqual([1, expect.stringContaining(`FAILED lb (192.0.2.11) at preflight: ${reason}`)]);
  expect(stdout).toMatch(/; nothing was changed\n$/);
  expect(await state()).toBe(before);
}

const AUTO = ['AUTO="false"', 'AUTO="true"', '/etc/default/ipvsadm has AUTO="true"'] as const;
const SYNC = ['DAEMON="none"', 'DAEMON="master"', '/etc/default/ipvsadm has DAEMON="master"'] as const;
const VRRP_ONLY = [
  'DAEMON_ARGS=""',
  'DAEMON_ARGS="-D -P"',
  "/etc/default/keepalived gives keepalived the option --vrrp",
] as const;

describe.each([
  ["keepalived", keepalivedPlan()],
  ["ipvsadm", ipvsadmPlan()],
])("a first deploy with the owner %s of the table", (_owner, plan) => {
  test.each([AUTO, SYNC])(
    "is refused while Debian's ipvsadm service works: not %s but %s",
    async (shipped, line, reason) => {
      await withLine(IPVSADM, shipped, line, () => expectRefused(plan, reason, untouched));
    },
  );
});

test("a first deploy is refused while keepalived is told to leave the table alone", async () => {
  const [shipped, line, reason] = VRRP_ONLY;
  await withLine(KEEPALIVED, shipped, line, () => expectRefused(keepalivedPlan(), reason, untouched));
});

test("plain rules do not care what keepalived is told", async () => {
  const [shipped, line] = VRRP_ONLY;
  await withLine(KEEPALIVED, shipped, line, async () => {
    expect((await apply(host, ipvsadmPlan())).code).toBe(0);
    await host.run("sh /etc/cdktf-lvs/director/current/program remove");
  });
});

test("with what Debian ships it is deployed", async () => {
  const { code, stdout } = await apply(host, keepalivedPlan());
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE lb")]);
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test.each([
  [IPVSADM, ...AUTO],
  [IPVSADM, ...SYNC],
  [KEEPALIVED, ...VRRP_ONLY],
])("of a running director %s is watched: not %s but %s", async (file, shipped, line, reason) => {
  await withLine(file, shipped, line, async () => {
    await expectRefused(keepalivedPlan([5, 2]), reason, () => liveState(host));
    const { code, stdout } = await check(host, "director");
    expect([code, stdout]).toEqual([2, expect.stringContaining(`drift: ${reason}`)]);
  });
});

describe("where the RHEL family's packages are, as systemd sees them", () => {
  /** The decisive lines of the unit in the RHEL family's package, and of a system that has it. */
  const UNIT = `[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c "exec ipvsadm-restore < /etc/sysconfig/ipvsadm"
ExecStop=/bin/sh -c "exec ipvsadm-save -n > /etc/sysconfig/ipvsadm"
ExecStop=/sbin/ipvsadm -C

[Install]
WantedBy=multi-user.target
`;
  const RPM = "#!/bin/sh\nprintf '<%s installed>' ipvsadm keepalived iproute\n";

  beforeAll(async () => {
    await host.run("mv /etc/os-release /etc/os-release.debian && mkdir -p /etc/sysconfig");
    await host.writeFile("/etc/os-release", SYSTEMS["AlmaLinux 9"].join("\n") + "\n");
    await host.writeFile("/etc/systemd/system/ipvsadm.service", UNIT);
    await host.writeFile("/usr/sbin/rpm", RPM, 0o755);
    await host.run("ipvsadm-save -n >/etc/sysconfig/ipvsadm && systemctl daemon-reload");
  });

  afterAll(async () => {
    await host.run("mv /etc/os-release.debian /etc/os-release && rm -r /etc/sysconfig /usr/sbin/rpm");
    await host.run("rm /etc/systemd/system/ipvsadm.service && systemctl daemon-reload");
  });

  test("a deploy goes on while its ipvsadm.service is off, as it is shipped", async () => {
    const { code, stdout } = await apply(host, keepalivedPlan());
    expect([code, stdout]).toEqual([0, expect.stringContaining("DONE lb (192.0.2.11): no change")]);
  });

  test.each([
    ["enabled", "systemctl --quiet enable ipvsadm", "ipvsadm.service is enabled: at boot it would load"],
    [
      "active",
      "systemctl --quiet disable ipvsadm; systemctl start ipvsadm",
      "ipvsadm.service is active: when it stops",
    ],
  ])("it is refused once that is %s, and check tells", async (_title, command, reason) => {
    await host.run(command);
    await expectRefused(keepalivedPlan([5, 2]), reason, () => liveState(host));
    const { code, stdout } = await check(host, "director");
    expect([code, stdout]).toEqual([2, expect.stringContaining(`drift: ${reason}`)]);
  });

  test("and rightly so: its stop takes the table along", async () => {
    expect(await host.run("systemctl stop ipvsadm; ipvsadm-save -n")).toBe("");
    expect(await host.readFile("/etc/sysconfig/ipvsadm")).toContain("-A -t 192.0.2.100:80");
    const { code, stdout } = await apply(host, keepalivedPlan());
    expect([code, stdout]).toEqual([0, expect.stringContaining("someone had cleared its table")]);
  });
});
