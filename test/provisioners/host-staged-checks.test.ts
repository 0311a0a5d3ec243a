import { describeInEveryShell } from "../support/host-sandbox";
import { SYSTEMS } from "../support/systems";

describeInEveryShell("kernel modules", (sandbox) => {
  const KERNEL = "5.14.0-570.el9.x86_64";
  const load = () => sandbox().run("look_at_os", "load_modules /stage/files/0");

  beforeEach(() => {
    sandbox().command("uname", `echo ${KERNEL}`).file(`/lib/modules/${KERNEL}/modules.dep`);
    sandbox().program("/lib/systemd/systemd-modules-load", "echo \"Failed to find module 'ip_vs_twos'\"", "exit 1");
  });

  test("are loaded by systemd's own loader, whose path does not depend on a merged /usr", () => {
    sandbox().program("/lib/systemd/systemd-modules-load");
    expect(load()).toEqual({ status: 0, output: "" });
    expect(sandbox().calls).toEqual(["systemd-modules-load /stage/files/0"]);
  });

  const failure = (remedy: string) => ({
    status: 1,
    output: `   Failed to find module 'ip_vs_twos'
FAILED lb at start: this kernel has not got all the modules needed${remedy}; nothing was changed
`,
  });

  test.each([
    ["both are missing", "exit 1", ` kernel-modules-${KERNEL} kernel-modules-extra-${KERNEL}`],
    ["one is missing", "case $* in *-extra-*) exit 1 ;; esac", ` kernel-modules-extra-${KERNEL}`],
  ])("of the RHEL family come in packages of their own: %s", (_title, rpm, packages) => {
    sandbox()
      .file("/etc/os-release", ...SYSTEMS["AlmaLinux 9"])
      .command("rpm", rpm);
    expect(load()).toEqual(failure(`; they may be in${packages}: install that and deploy again`));
    expect(sandbox().calls.slice(-2)).toEqual([
      `rpm -q kernel-modules-${KERNEL}`,
      `rpm -q kernel-modules-extra-${KERNEL}`,
    ]);
  });

  test("of Oracle's own kernel come in its packages", () => {
    const kernel = "5.15.0-300.el9uek.x86_64";
    sandbox().command("uname", `echo ${kernel}`).file(`/lib/modules/${kernel}/modules.dep`);
    sandbox()
      .file("/etc/os-release", ...SYSTEMS["Oracle Linux 9"])
      .command("rpm", "exit 1");
    expect(load().output).toContain(`in kernel-uek-modules-${kernel} kernel-uek-modules-extra-${kernel}: install`);
  });

  test("of the RHEL family are nowhere else", () => {
    sandbox()
      .file("/etc/os-release", ...SYSTEMS["AlmaLinux 9"])
      .command("rpm");
    expect(load()).toEqual(failure(""));
  });

  test("of Debian are all in the package of the kernel", () => {
    sandbox().file("/etc/os-release", ...SYSTEMS["Debian 12"]);
    expect(load()).toEqual(failure(""));
  });

  test("of a kernel that was updated are gone", () => {
    sandbox()
      .file("/etc/os-release", ...SYSTEMS["RHEL 8"])
      .command("uname", "echo 4.18.0-1");
    expect(load()).toEqual(
      failure("; those of the running kernel 4.18.0-1 are gone, as they are after its update: reboot"),
    );
  });
});

describeInEveryShell("keepalived.conf", (sandbox) => {
  const check = () => sandbox().run("check_keepalived_conf /stage/files/0");
  const REFUSED = "FAILED lb at start: keepalived refuses the new configuration; nothing was changed\n";

  /** A keepalived that says and ends like this when it is asked about a configuration. */
  const keepalived = (help: string, ...answer: readonly string[]) =>
    sandbox().command("keepalived", `if [ "$1" = --help ]; then echo '${help}' >&2; exit; fi`, ...answer);

  test.each([
    ["2.2 and later", "  -t  -e, --all-config  Error if any missing config file", " --all-config"],
    ["2.1.5, which does not know the option for files to include", "  -t, --config-test", ""],
  ])("is taken when keepalived has nothing to say: %s", (_title, help, option) => {
    keepalived(help);
    expect(check()).toEqual({ status: 0, output: "" });
    expect(sandbox().calls).toEqual(["keepalived --help", `keepalived -t${option} -f /stage/files/0`]);
  });

  test.each([
    ["as 2.2 and later do", "5"],
    ["as 2.1.5 does, which calls that a success", "0"],
  ])("is refused when keepalived reports what it would repair, %s", (_title, status) => {
    keepalived("", "echo \"Unknown keyword 'x'\" >&2", `exit ${status}`);
    expect(check()).toEqual({ status: 1, output: `   Unknown keyword 'x'\n${REFUSED}` });
  });

  test("is refused when keepalived fails in silence", () => {
    keepalived("", "exit 139");
    expect(check()).toEqual({ status: 1, output: REFUSED });
  });
});

describeInEveryShell("tunnels", (sandbox) => {
  const GUE = "-a -t 10.0.0.100:80 -r 10.0.0.21:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum";
  const GRE = "-a -t 10.0.0.100:80 -r 10.0.0.22:80 -i -w 1 --tun-type gre --tun-nocsum";
  const IPIP = "-a -t 10.0.0.100:80 -r 10.0.0.23:80 -i -w 1 --tun-type ipip";
  const DR = "-a -t 10.0.0.100:80 -r 10.0.0.24:80 -g -w 1";

  /** Whether rules pass that a kernel prints again like this. */
  const check = (wanted: readonly string[], printed: readonly string[]) => {
    sandbox()
      .file("/stage/manifest")
      .file("/stage/rules-wanted", "-A -t 10.0.0.100:80 -s rr", ...wanted)
      .file("/stage/printed", "-A -t 10.0.0.100:80 -s rr", ...printed);
    const passing = ["enter", "staged_files_arrived", "check_filesystems", "check_sysctls_known", "want_packet_rules"];
    const kernel = 'canonical_rules() { cp "$stage/printed" "$stage/rules-canonical"; }';
    return sandbox().run(...passing.map((name) => `${name}() { :; }`), kernel, "check_staged");
  };

  test("that the kernel knows are taken, in whatever order, with thresholds and without", () => {
    const wanted = [GUE, `${GRE} -x 5`, IPIP, DR];
    expect(check(wanted, [`${GRE} -x 5 -y 3`, DR, GUE, IPIP])).toEqual({ status: 0, output: "" });
    expect(sandbox().read("/stage/rules")).toContain(`${GRE} -x 5 -y 3\n`);
    // Written without a tunnel type by an ipvsadm that knows none.
    expect(check([IPIP], [IPIP.replace(" --tun-type ipip", "")]).status).toBe(0);
  });

  const plain = (rule: string) => rule.replace(/ --tun-type .*/, " --tun-type ipip");
  test.each([
    ["GUE becomes IP in IP", [GUE, GRE], [plain(GUE), GRE], "gue --tun-port 6080 --tun-csum"],
    ["GRE becomes IP in IP", [GUE, GRE], [GUE, plain(GRE)], "gre --tun-nocsum"],
    ["GRE is nothing", [GRE], [GRE.replace(/ --tun.*/, "")], "gre --tun-nocsum"],
    ["the checksum is lost", [GUE], [GUE.replace("csum", "nocsum")], "gue --tun-port 6080 --tun-csum"],
    ["one of two alike is lost", [GUE, GUE], [GUE, plain(GUE)], "gue --tun-port 6080 --tun-csum"],
  ])("that the kernel makes others of are refused: %s", (_title, wanted, printed, words) => {
    expect(check(wanted, printed)).toEqual({
      status: 1,
      output: `FAILED lb at start: this host does not know the tunnel --tun-type ${words}, and would send other packets in its place; GUE needs Linux 5.2, GRE and checksums need 5.3, both ipvsadm 1.31; nothing was changed
`,
    });
  });
});
