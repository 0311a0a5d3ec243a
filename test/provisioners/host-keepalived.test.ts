import { describeInEveryShell } from "../support/host-sandbox";

describeInEveryShell("the version of keepalived", (sandbox) => {
  const check = () => sandbox().run("check_keepalived_version");

  function installed(version: string, wanted: string): void {
    sandbox()
      .command("keepalived", `echo 'Keepalived v${version} (01/16,2022)' >&2`, "echo 'Copyright' >&2")
      .plan("role director", "table keepalived", `keepalived ${wanted}`);
  }

  test.each([
    ["2.2.7", "2.2.7"],
    ["2.2.7", "2.1.5"],
    ["2.2.10", "2.2.9"],
    ["2.10.0", "2.9.9"],
    ["3.0.0", "2.9.9"],
  ])("%s will do for %s", (version, wanted) => {
    installed(version, wanted);
    expect(check()).toEqual({ status: 0, output: "" });
    expect(sandbox().calls).toEqual(["keepalived --version"]);
  });

  test.each([
    ["2.1.5", "2.2.0"],
    ["2.2.9", "2.2.10"],
    ["2.9.9", "2.10.0"],
  ])("%s will not do for %s", (version, wanted) => {
    installed(version, wanted);
    const reason = `this host has keepalived ${version}, the definition is for ${wanted}`;
    const advice = `set keepalivedVersion to ${version}, or install a newer one`;
    expect(check()).toEqual({ status: 1, output: `FAILED lb at start: ${reason}; ${advice}; nothing was changed\n` });
  });

  test("is of no interest where ipvsadm owns the table", () => {
    sandbox().plan("role director", "table ipvsadm");
    expect(check()).toEqual({ status: 0, output: "" });
  });

  test("must be told by the program", () => {
    sandbox().command("keepalived", "exit 127").plan("role director", "table keepalived", "keepalived 2.1.5");
    expect(check()).toEqual({
      status: 1,
      output:
        "FAILED lb at start: keepalived does not tell its version; run: keepalived --version; nothing was changed\n",
    });
  });
});

describeInEveryShell("the configuration that is tested", (sandbox) => {
  const CONF = [
    "misc_path \"/etc/cdktf-lvs/director/scripts/a '1'\"",
    'file "/var/lib/cdktf-lvs/maintenance/web1"',
    "}",
  ];

  test("is the staged one when it needs nothing beside it", () => {
    sandbox()
      .file("/stage/files/0", ...CONF)
      .file("/stage/manifest", "0 600 x /etc/keepalived/keepalived.conf");
    expect(sandbox().run("tested_conf /stage/files/0", 'echo "$conf_to_test"')).toEqual({
      status: 0,
      output: "/stage/files/0\n",
    });
  });

  test("finds its scripts under their names, and a directory for its switches", () => {
    sandbox()
      .file("/stage/files/0", ...CONF)
      .file("/stage/files/1", "#!/bin/sh")
      .file("/stage/manifest", "0 600 x /etc/keepalived/keepalived.conf", "1 700 x /etc/cdktf-lvs/director/scripts/a");
    const { output } = sandbox().run(
      "tested_conf /stage/files/0",
      'cat "$conf_to_test"',
      "stat -c '%a %n' /stage/scripts/*",
    );
    expect(output).toBe(`misc_path "/stage/scripts/a '1'"
file "/stage/web1"
}
700 /stage/scripts/a
`);
  });

  test("is a copy for a switch alone too, and ends as it does", () => {
    sandbox()
      .plan("switch web1 -a -t 10.0.0.100:80 -r 10.0.0.21:80")
      .file("/stage/files/0", ...CONF);
    sandbox().file("/stage/manifest", "0 600 x /etc/keepalived/keepalived.conf");
    const { output } = sandbox().run("tested_conf /stage/files/0", 'cat "$conf_to_test"');
    expect(output).toContain('file "/stage/web1"\n}\n');
  });
});

describeInEveryShell("programs that health checks run", (sandbox) => {
  const check = () => sandbox().run("check_programs");
  const failed = (reason: string) => ({ status: 1, output: `FAILED lb at start: ${reason}; nothing was changed\n` });

  beforeEach(() => {
    sandbox().plan("program /lib/check").program("/lib/check");
    sandbox().command("stat", 'shift 3; case $1 in */check) echo "0 0 -rwxr-xr-x" ;; *) echo "0 0 drwxr-xr-x" ;; esac');
  });

  test("are there, and root's alone all the way", () => {
    expect(check()).toEqual({ status: 0, output: "" });
    const looked = sandbox().calls.filter((call) => call.startsWith("stat"));
    expect(looked[0]).toBe("stat -c %u %g %A -- /lib/check");
    expect(looked.at(-1)).toBe("stat -c %u %g %A -- /");
  });

  test("none is nothing to look at", () => {
    sandbox().plan("role director");
    expect(check()).toEqual({ status: 0, output: "" });
  });

  test("must be there", () => {
    sandbox().plan("program /lib/other");
    expect(check()).toEqual(failed("/lib/other is not on this host; install it there, keepalived is to run it"));
  });

  test("must be programs", () => {
    sandbox().file("/lib/check2").plan("program /lib/check2");
    expect(check()).toEqual(failed("/lib/check2 is no program; name one that root can run, keepalived is to run it"));
    sandbox().plan("program /lib");
    expect(check()).toEqual(failed("/lib is no program; name one that root can run, keepalived is to run it"));
  });

  test.each([
    ["somebody else's", "1000 0 -rwxr-xr-x"],
    ["for a group to write", "0 1000 -rwxrwxr-x"],
    ["for all to write", "0 0 -rwxr-xrwx"],
  ])("must not be %s", (_title, shown) => {
    sandbox().command("stat", `shift 3; case $1 in */check) echo "${shown}" ;; *) echo "0 0 drwxr-xr-x" ;; esac`);
    expect(check()).toEqual(
      failed(
        "/lib/check can be changed by others than root; take that right away (chown root, chmod go-w), or keepalived does not run /lib/check",
      ),
    );
  });

  test.each([
    ["for root's group to write", "0 0 drwxrwxr-x"],
    ["for all to add to, but not to replace", "0 1000 drwxrwxrwt"],
  ])("may lie in a directory that is %s", (_title, shown) => {
    sandbox().command("stat", `shift 3; case $1 in */check) echo "0 0 -rwxr-xr-x" ;; *) echo "${shown}" ;; esac`);
    expect(check()).toEqual({ status: 0, output: "" });
  });

  test("must not lie in a directory that others can write to", () => {
    sandbox().command(
      "stat",
      'shift 3; case $1 in */check) echo "0 0 -rwxr-xr-x" ;; *) echo "0 1000 drwxrwxr-x" ;; esac',
    );
    expect(check()).toEqual(
      failed(
        "/lib can be changed by others than root; take that right away (chown root, chmod go-w), or keepalived does not run /lib/check",
      ),
    );
  });
});
