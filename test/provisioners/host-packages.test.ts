import { describeInEveryShell, type HostSandbox } from "../support/host-sandbox";
import { SYSTEMS } from "../support/systems";

const DPKG = "dpkg-query -W -f <${Package} ${db:Status-Status}> ipvsadm keepalived iproute2";
const APT = "apt-get -q -y -o Acquire::http::Timeout=60 -o Acquire::Retries=1 -o DPkg::Lock::Timeout=300";
const DPKG_OPTIONS = "-o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold";
const RPM = "rpm -q --qf <%{NAME} installed> ipvsadm keepalived iproute";
const DNF =
  "dnf -y -q --setopt=exit_on_lock=True --setopt=timeout=60 --setopt=retries=2 --setopt=install_weak_deps=False";

/** Says that these are installed, and all of them once the package manager has been called. */
function installed(sandbox: HostSandbox, query: "dpkg-query" | "rpm", ...packages: readonly string[]): void {
  const answer = (names: readonly string[]) => `printf '${names.map((name) => `<${name} installed>`).join("")}'`;
  const all = ["ipvsadm", "keepalived", query === "rpm" ? "iproute" : "iproute2", "node-exporter"];
  sandbox.command(query, `if [ -e "\${0%/*}/done" ]; then ${answer(all)}; else ${answer(packages)}; exit 1; fi`);
}

const DONE = 'case " $* " in *" install "*) : >"${0%/*}/done" ;; esac';

describeInEveryShell("packages", (sandbox) => {
  const install = () => sandbox().run("look_at_os", 'install_packages "$stage/plan"');

  beforeEach(() => {
    sandbox().plan("role director", "package ipvsadm ipvsadm", "package keepalived keepalived", "package iproute2 ip");
    sandbox().command("sleep");
  });

  describe("on Debian", () => {
    beforeEach(() => {
      sandbox()
        .file("/etc/os-release", ...SYSTEMS["Debian 12"])
        .command("apt-get", DONE);
    });

    test("nothing is done when all are there", () => {
      installed(sandbox(), "dpkg-query", "ipvsadm", "keepalived", "iproute2");
      expect(install()).toEqual({ status: 0, output: "" });
      expect(sandbox().calls).toEqual([DPKG]);
    });

    test("only those that are missing are installed, with rpm and dnf at hand too", () => {
      sandbox().command("rpm").command("dnf");
      installed(sandbox(), "dpkg-query", "iproute2");
      expect(install()).toEqual({ status: 0, output: "== packages: installing ipvsadm keepalived\n" });
      expect(sandbox().calls).toEqual([
        DPKG,
        "apt-get -q -o Acquire::http::Timeout=60 -o Acquire::Retries=1 update",
        `${APT} ${DPKG_OPTIONS} install --no-install-recommends ipvsadm keepalived`,
        DPKG,
      ]);
    });
  });

  describe.each(["RHEL 8", "AlmaLinux 9", "RHEL 10"] as const)("on %s", (system) => {
    beforeEach(() => {
      sandbox()
        .file("/etc/os-release", ...SYSTEMS[system])
        .command("dnf", DONE, "echo 'Installed: it'");
    });

    test("nothing is done when all are there, by the names that they have here", () => {
      installed(sandbox(), "rpm", "ipvsadm", "keepalived", "iproute");
      expect(install()).toEqual({ status: 0, output: "" });
      expect(sandbox().calls).toEqual([RPM]);
    });

    test("only those that are missing are installed", () => {
      installed(sandbox(), "rpm", "iproute");
      expect(install()).toEqual({
        status: 0,
        output: "== packages: installing ipvsadm keepalived\n   Installed: it\n",
      });
      expect(sandbox().calls).toEqual([RPM, `${DNF} install ipvsadm keepalived`, RPM]);
    });

    test("a package that no repository has is one clear failure", () => {
      installed(sandbox(), "rpm", "ipvsadm", "iproute");
      sandbox().command("dnf", "echo 'Error: Unable to find a match: keepalived' >&2", "exit 1");
      expect(install()).toEqual({
        status: 1,
        output: `== packages: installing keepalived
   Error: Unable to find a match: keepalived
FAILED lb at packages: dnf could not install keepalived; are the repositories that have them enabled? keepalived and ipvsadm are in AppStream; nothing was changed
`,
      });
    });

    test("a lock is waited for, in silence about what dnf says of it", () => {
      installed(sandbox(), "rpm", "ipvsadm", "iproute");
      const locked = 'if [ ! -e "${0%/*}/tried" ]; then : >"${0%/*}/tried"; echo locked by 7; exit 200; fi';
      sandbox().command("dnf", locked, DONE);
      const { status, output } = install();
      // A slow machine also says that it waits.
      expect([status, output]).toEqual([
        0,
        expect.stringMatching(/^== packages: installing keepalived\n( +waiting .*\n)?$/),
      ]);
      const call = `${DNF} install keepalived`;
      expect(sandbox().calls).toEqual([RPM, call, "sleep 1", call, RPM]);
    });

    test("a lock is not waited for without end", () => {
      installed(sandbox(), "rpm", "ipvsadm", "iproute");
      sandbox().command("dnf", "exit 200");
      sandbox().sleepsTake(100);
      expect(install()).toEqual({
        status: 1,
        output: `== packages: installing keepalived
   waiting for dnf's lock, 100 s of at most 300 s
   waiting for dnf's lock, 200 s of at most 300 s
FAILED lb at packages: dnf's lock was held for 300 s; see by whom: ps -C dnf; nothing was changed
`,
      });
    });

    test("what dnf says it did is looked at", () => {
      installed(sandbox(), "rpm", "ipvsadm", "iproute");
      sandbox().command("dnf");
      expect(install().output).toContain("FAILED lb at packages: still missing after the installation: keepalived;");
    });

    test("without dnf there is one clear failure", () => {
      installed(sandbox(), "rpm", "ipvsadm", "iproute");
      sandbox().forget("dnf");
      expect(install()).toEqual({
        status: 1,
        output:
          "FAILED lb at start: missing keepalived, and this host has no dnf; install them and deploy again; nothing was changed\n",
      });
    });
  });

  test.each([
    ["RHEL 8", "golang-github-prometheus-node-exporter"],
    ["AlmaLinux 9", "node-exporter"],
    ["RHEL 10", "node-exporter"],
    ["Ubuntu 24.04", "prometheus-node-exporter"],
    ["Arch Linux", "prometheus-node-exporter"],
  ] as const)("the node exporter has another name on %s", (system, name) => {
    sandbox().file("/etc/os-release", ...SYSTEMS[system]);
    expect(sandbox().run("look_at_os", "package_here prometheus-node-exporter", 'echo "$package"').output).toBe(
      `${name}\n`,
    );
  });

  describe.each(["SLES 15", "Arch Linux"] as const)("on %s, whose packages we do not know", (system) => {
    beforeEach(() => {
      sandbox()
        .file("/etc/os-release", ...SYSTEMS[system])
        .command("apt-get")
        .command("dnf")
        .command("rpm");
    });

    test("commands that are there are enough", () => {
      sandbox().command("ipvsadm").command("keepalived").command("ip");
      expect(install()).toEqual({ status: 0, output: "" });
      expect(sandbox().calls).toEqual([]);
    });

    test("without them there is one clear failure", () => {
      sandbox().command("ip");
      const { status, output } = install();
      expect([status, output]).toEqual([
        1,
        expect.stringMatching(
          /^FAILED lb at start: missing ipvsadm keepalived; only Debian, Ubuntu and the RHEL family get packages by themselves, and this host runs (SUSE Linux Enterprise Server 15 SP6|Arch Linux): install them and deploy again; nothing was changed\n$/,
        ),
      ]);
      expect(sandbox().calls).toEqual([]);
    });
  });
});
