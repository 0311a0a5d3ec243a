import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describeInEveryShell, type HostSandbox, type Outcome } from "../support/host-sandbox";
import { rememberingCommands } from "../support/sandbox-host";

interface Definition {
  readonly plan: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const NFTABLES = "/etc/cdktf-lvs/nftables.conf";

const OLD: Definition = {
  plan: ["vip 192.0.2.100 lo", "sysctl net/one 1", "unit cdktf-lvs-vips.service"],
  files: { "/etc/systemd/system/cdktf-lvs-vips.service": "one" },
};

/** Everything that a deploy can add to a host. */
const NEW: Definition = {
  plan: [
    ...OLD.plan,
    "vip 192.0.2.101 lo",
    "sysctl net/two 2",
    "object rule add pref 1 | rule delete pref 1 | rule show | pref 1",
    "unit cdktf-lvs-check.timer",
    "unit rsyslog.service",
  ],
  files: {
    "/etc/systemd/system/cdktf-lvs-vips.service": "two",
    "/etc/systemd/system/cdktf-lvs-check.timer": "timer",
    "/etc/new/directory/extra.conf": "extra",
    "/etc/theirs.conf": "ours",
    [NFTABLES]: "rules for\nthe whole\ntable",
  },
};

/** What every run is told of this host; `sh` runs the program of an interrupted run. */
const HERE = [
  "here=/stage",
  "take_lock() { :; }",
  "preflight() { selinux='' family=debian; }",
  "lock_once() { :; }",
  'sh() { (here=${1%/*}; "$2"); }',
];

function run(sandbox: HostSandbox, { plan, files }: Definition, ...lines: readonly string[]): Outcome {
  rmSync(sandbox.path("/stage"), { recursive: true, force: true });
  sandbox.plan("role real-server", "host lb", "address 192.0.2.21", ...plan);
  sandbox.file("/stage/rules-wanted").file("/stage/program", "the program");
  const manifest = Object.entries(files).map(([path, text], index) => {
    sandbox.file(`/stage/files/${index}`, text);
    const digest = createHash("sha256").update(readFileSync(sandbox.path(`/stage/files/${index}`)));
    return `${index} 644 ${digest.digest("hex")} ${path}`;
  });
  sandbox.file("/stage/manifest", ...manifest);
  return sandbox.run(...HERE, ...lines);
}

function apply(sandbox: HostSandbox, definition: Definition): Outcome {
  const outcome = run(sandbox, definition, "apply");
  // Every run is told apart by the name of its directory, which here is always the same.
  sandbox.file("/etc/cdktf-lvs/real-server/current/run", "an earlier run");
  return outcome;
}

/** The host dies when all of the change is done, and nobody knows yet that it is. */
const die = (sandbox: HostSandbox, definition: Definition) =>
  run(sandbox, definition, "verify() { kill -9 $$; }", "apply");

/** Files below some folders of the host with their texts, and its settings. */
function stateOf(sandbox: HostSandbox): Record<string, string> {
  const paths = ["/etc", "/proc/sys", "/state"].flatMap((folder) => {
    const root = sandbox.path(folder);
    return readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name));
  });
  // Of a run it is remembered when it was.
  const lasting = paths.filter((path) => !/current\/(run|program)$|\.prom$|boot_id/.test(path));
  return Object.fromEntries(
    lasting.sort().map((path) => {
      const text = statSync(path).isDirectory() ? "a directory" : readFileSync(path, "utf8");
      return [relative(sandbox.path("/"), path), text];
    }),
  );
}

describeInEveryShell("a run that was interrupted", (sandbox) => {
  const boot = (id: string) => sandbox().file("/proc/sys/kernel/random/boot_id", id);

  beforeEach(() => {
    rememberingCommands(sandbox());
    sandbox()
      .file("/proc/sys/net/one", "0")
      .file("/proc/sys/net/two", "0")
      .file("/state/addresses", "192.0.2.21/24 eth0");
    sandbox().file("/etc/theirs.conf", "theirs");
    boot("first");
  });

  test("is finished by the same deploy", () => {
    expect(apply(sandbox(), OLD).output).toContain("DONE lb");
    expect(die(sandbox(), NEW).status).toBe(null);
    expect(apply(sandbox(), NEW).output).toContain("DONE lb: finished an interrupted change");
    expect(stateOf(sandbox())).toMatchObject({
      "etc/new/directory/extra.conf": "extra\n",
      "state/addresses": "192.0.2.21/24 eth0\n192.0.2.100/32 lo\n192.0.2.101/32 lo\n",
      "proc/sys/net/two": "2\n",
    });
  });

  test.each([
    ["the host has been up since", "first"],
    ["the host was booted since", "second"],
  ])("leaves nothing behind when the next one wants something else: %s", (_title, bootId) => {
    apply(sandbox(), OLD);
    const before = stateOf(sandbox());
    expect(die(sandbox(), NEW).status).toBe(null);
    expect(stateOf(sandbox())).toMatchObject({ "state/nft": "table\n", "etc/theirs.conf": "ours\n" });
    boot(bootId);
    const { status, output } = apply(sandbox(), OLD);
    expect([status, output]).toEqual([0, expect.stringContaining("== undo: an earlier run was interrupted")]);
    expect(output).not.toContain("could not put back");
    expect(stateOf(sandbox())).toEqual(before);
  });

  test.each([
    ["another one follows", (): Outcome => apply(sandbox(), OLD), 0],
    ["it is tried again in vain", (): Outcome => run(sandbox(), NEW, "verify() { fail no; }", "apply"), 1],
  ])("leaves nothing behind that files of its did at a boot, when %s", (_title, next, status) => {
    apply(sandbox(), OLD);
    const before = stateOf(sandbox());
    run(sandbox(), NEW, "add_objects() { kill -9 $$; }", "apply");
    sandbox().file("/state/addresses", "192.0.2.21/24 eth0", "192.0.2.100/32 lo", "192.0.2.101/32 lo");
    sandbox().file("/proc/sys/net/two", "2").file("/state/rules", "pref 1").file("/state/nft", "table");
    boot("second");
    expect(next().status).toBe(status);
    expect(stateOf(sandbox())).toEqual(before);
  });

  test("leaves nothing behind of a first deploy", () => {
    const before = stateOf(sandbox());
    expect(die(sandbox(), NEW).status).toBe(null);
    const { output } = run(
      sandbox(),
      NEW,
      "role=real-server",
      "here=/etc/cdktf-lvs/real-server/rollback/wanted",
      "remove",
    );
    expect(output).toContain("DONE lb: removed");
    expect(stateOf(sandbox())).toEqual(before);
  });

  test("and removed is removed whole", () => {
    const before = stateOf(sandbox());
    apply(sandbox(), OLD);
    die(sandbox(), NEW);
    const { output } = run(sandbox(), NEW, "here=/etc/cdktf-lvs/real-server/current", "remove");
    expect(output).toContain("DONE lb: removed");
    expect(stateOf(sandbox())).toEqual(before);
  });

  test("what cannot be put back is told, and the next run tries again", () => {
    apply(sandbox(), OLD);
    die(sandbox(), NEW);
    const stuck = "delete_packet_rules() { return 1; }";
    const { output } = run(sandbox(), OLD, stuck, "apply");
    expect(output).toContain(
      "   could not put back: the nftables table\n   not all of it is back, see above; going on",
    );
    expect(output).toContain("DONE lb: finished an interrupted change");
  });
});

describeInEveryShell("a change that fails", (sandbox) => {
  const fail = (...lines: readonly string[]) =>
    run(sandbox(), NEW, ...lines, "verify() { fail 'it does not work'; }", "apply");

  beforeEach(() => {
    rememberingCommands(sandbox());
    sandbox()
      .file("/proc/sys/net/one", "0")
      .file("/proc/sys/net/two", "0")
      .file("/state/addresses", "192.0.2.21/24 eth0");
    sandbox().file("/proc/sys/kernel/random/boot_id", "first").file("/etc/theirs.conf", "theirs");
  });

  test("is undone, with all that it remembered of the time before", () => {
    apply(sandbox(), OLD);
    const before = stateOf(sandbox());
    const { status, output } = fail();
    expect([status, output]).toEqual([
      1,
      expect.stringContaining("it does not work; the old files are back and the service runs as before"),
    ]);
    expect(stateOf(sandbox())).toEqual(before);
  });

  test("gives links back, also those that lead somewhere from their place alone", () => {
    apply(sandbox(), OLD);
    const path = sandbox().path("/etc/theirs.conf");
    rmSync(path);
    symlinkSync("cdktf-lvs/real-server/held", path);
    expect(fail().output).not.toContain("could not");
    expect(readlinkSync(path)).toBe("cdktf-lvs/real-server/held");
    expect(apply(sandbox(), NEW).output).toContain("DONE");
    expect(readFileSync(path, "utf8")).toBe("ours\n");
    expect(apply(sandbox(), OLD).output).toContain("DONE");
    expect(readlinkSync(path)).toBe("cdktf-lvs/real-server/held");
  });

  test.each([
    ["a unit", 'systemctl() { [ "$1" != stop ] && command systemctl "$@"; }', "rsyslog.service: not stopped"],
    ["units", 'systemctl() { [ "$*" != daemon-reload ] && command systemctl "$@"; }', "units: not reloaded"],
    ["an address", "delete_address() { return 1; }", "lo without 192.0.2.101"],
    ["a rule", "ip_words() { case $1 in *delete*) return 1 ;; *) ip $1 ;; esac; }", "ip rule delete pref 1"],
  ])("tells when it could not put back %s, and keeps what is needed for that", (_title, stuck, what) => {
    apply(sandbox(), OLD);
    const { output } = fail("reload_systemd() { :; }", 'timeout() { shift; "$@"; }', stuck);
    expect(output).toContain(`   could not put back: ${what}\n`);
    expect(output).toContain(
      "it does not work; NOT all of the old state is back, see above; it is kept, deploy again\n",
    );
    expect(stateOf(sandbox())).toHaveProperty(["etc/cdktf-lvs/real-server/pending"]);
  });
});
