import { describeInEveryShell, type HostSandbox } from "../support/host-sandbox";

const CONF = "/etc/keepalived/keepalived.conf";
const UNIT = "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf";
const SCRIPT = "/etc/cdktf-lvs/director/scripts/check";

/** A director that is about to get its files. */
function staged(sandbox: HostSandbox): void {
  for (const [index, text] of ["conf", "unit", "script"].entries()) sandbox.file(`/stage/files/${index}`, text);
  sandbox.file("/stage/changed", `0 600 - ${CONF}`, `1 644 - ${UNIT}`, `2 755 - ${SCRIPT}`);
  for (const folder of ["before/files", "before/absent", "rollback/files", "rollback/absent", "scripts"]) {
    sandbox.file(`/etc/cdktf-lvs/director/${folder}/.keep`);
  }
  sandbox.file(CONF, "theirs").file("/etc/systemd/system/.keep");
  sandbox.command("install", "while [ $# -gt 2 ]; do shift; done", 'cp "$1" "$2"');
}

/** SELinux as the command line knows it. */
function selinux(sandbox: HostSandbox, mode: "Enforcing" | "Permissive" | "Disabled"): void {
  sandbox.command("getenforce", `echo ${mode}`).command("restorecon").command("chcon");
}

describeInEveryShell("SELinux", (sandbox) => {
  beforeEach(() => staged(sandbox()));

  const installed = () => sandbox().run("look_at_selinux", "install_files");
  const labelCalls = () => sandbox().calls.filter((call) => /^(restorecon|chcon)/.test(call));

  test.each(["Enforcing", "Permissive"] as const)("%s: files get the labels of their places", (mode) => {
    selinux(sandbox(), mode);
    expect(installed()).toEqual({ status: 0, output: `   wrote ${CONF}\n   wrote ${UNIT}\n   wrote ${SCRIPT}\n` });
    expect(labelCalls()).toEqual([
      "restorecon /etc/systemd/system/keepalived.service.d",
      "chcon -t keepalived_unconfined_script_exec_t /etc/cdktf-lvs/director/new-file.2",
      `restorecon ${CONF} ${UNIT}`,
    ]);
    expect([CONF, UNIT, SCRIPT].map((path) => sandbox().read(path))).toEqual(["conf\n", "unit\n", "script\n"]);
  });

  test("a script has its type before keepalived can see it", () => {
    selinux(sandbox(), "Enforcing");
    sandbox().command("chcon", `[ ! -e ${sandbox().path(SCRIPT)} ] || echo too late`);
    expect(installed().output).not.toContain("too late");
  });

  test.each([
    ["disabled", () => selinux(sandbox(), "Disabled")],
    ["without its commands", () => undefined],
    ["without restorecon", () => sandbox().command("getenforce", "echo Enforcing")],
  ])("%s: nothing is labelled", (_title, arrange) => {
    arrange();
    expect(installed().status).toBe(0);
    expect(labelCalls()).toEqual([]);
  });

  test("a label that cannot be given is a failure", () => {
    selinux(sandbox(), "Enforcing");
    sandbox().command("chcon", "echo 'invalid context' >&2", "exit 1");
    expect(installed()).toEqual({
      status: 1,
      output: `   invalid context
FAILED lb at start: could not give /etc/cdktf-lvs/director/new-file.2 the SELinux type keepalived_unconfined_script_exec_t; the lines above say why; nothing was changed
`,
    });
  });

  test("old files keep what belongs to them, labels included, on their way out and back", () => {
    sandbox().command("cp", "for last; do :; done", 'echo theirs >"$last"');
    expect(sandbox().run("look_at_selinux", `keep_old_file ${CONF}`, `put_back_or_delete ${CONF}`).status).toBe(0);
    expect(sandbox().calls).toEqual([
      `cp -P --preserve=all ${CONF} /etc/cdktf-lvs/director/new-file`,
      `cp -P --preserve=all ${CONF} /etc/cdktf-lvs/director/new-file`,
      `cp -P --preserve=all /etc/cdktf-lvs/director/before/files/${sandbox().path(CONF).replaceAll("/", "%")} /etc/cdktf-lvs/director/new-file`,
    ]);
  });

  describe("a wrong label", () => {
    const RIGHT = "system_u:object_r:keepalived_unconfined_script_exec_t:s0";
    const differing = () =>
      sandbox().run("look_at_selinux", 'differing_files "$stage/manifest" "$stage/changed"', 'cat "$stage/changed"');

    beforeEach(() => {
      sandbox().file(SCRIPT, "script").file(UNIT, "unit");
      sandbox().file("/stage/manifest", `0 644 X ${UNIT}`, `1 644 X ${SCRIPT}`);
      sandbox().command("sha256sum", 'for path; do echo "X  $path"; done');
    });

    const label = (script: string) =>
      sandbox().command(
        "stat",
        "format=$2",
        "shift 2",
        `for path; do case $format in *%C) case $path in */scripts/*) echo "$path ${script}" ;; *) echo "$path unconfined_u:object_r:etc_t:s0" ;; esac ;; *) echo 644:0:0 ;; esac; done`,
      );

    test("is none where the policy has nothing to say and the script has its type", () => {
      selinux(sandbox(), "Enforcing");
      label(RIGHT);
      // restorecon knows no rule for our scripts, and would take their type away.
      sandbox().command(
        "restorecon",
        `echo "Would relabel ${sandbox().path(SCRIPT)} from ${RIGHT} to system_u:object_r:etc_t:s0"`,
      );
      expect(differing()).toEqual({ status: 0, output: "" });
      expect(labelCalls()).toEqual([`restorecon -n -v ${UNIT} ${SCRIPT}`]);
    });

    test("is found on a file and on a script", () => {
      selinux(sandbox(), "Enforcing");
      label("unconfined_u:object_r:etc_t:s0");
      sandbox().command(
        "restorecon",
        `echo "Would relabel ${sandbox().path(UNIT)} from x:etc_t to x:systemd_unit_file_t"`,
      );
      expect(differing()).toEqual({ status: 0, output: `0 644 X ${UNIT}\n1 644 X ${SCRIPT}\n` });
    });

    test("is not looked for without SELinux", () => {
      label("?");
      expect(differing()).toEqual({ status: 0, output: "" });
    });
  });

  test.each([
    ["Enforcing", "off", true],
    ["Enforcing", "on", false],
    ["Disabled", "off", false],
  ] as const)("%s, with keepalived_connect_any %s: health checks may need more", (mode, value, expected) => {
    selinux(sandbox(), mode);
    sandbox().command("getsebool", `echo 'keepalived_connect_any --> ${value}'`);
    expect(sandbox().run("look_at_selinux", "hint_at_check_ports")).toEqual({
      status: 0,
      output: expected
        ? "   SELinux: keepalived_connect_any is off, so health checks reach well-known ports only (80, 443, ...); for others run: setsebool -P keepalived_connect_any on\n"
        : "",
    });
  });
});
