import { describeInEveryShell } from "../support/host-sandbox";

describeInEveryShell("files", (sandbox) => {
  test("may lie directly below /, whose directory is always there", () => {
    const lines = ["mkdir() { echo mkdir $*; }", "label_file() { :; }", "rollback=$stage before=$stage; base=$stage"];
    expect(sandbox().run(...lines, "make_directory ''", "make_directory /not-there-before-us")).toEqual({
      status: 0,
      output: "mkdir -m 0755 /not-there-before-us\n",
    });
  });

  test("that arrive empty end the run with a reason", () => {
    sandbox().file("/stage/files/0").file("/stage/manifest", "0 644 abc /etc/empty.conf");
    expect(sandbox().run("guard", "staged_files_arrived")).toEqual({
      status: 1,
      output: "FAILED lb at start: the new /etc/empty.conf arrived empty; nothing was changed\n",
    });
  });
});

describeInEveryShell("commands whose output is shown", (sandbox) => {
  test("are not waited for longer than they run", () => {
    sandbox().command("hook", "echo begun", "/bin/sleep 3 &", "echo $! >$0.pid", "exit 3");
    const started = performance.now();
    const { output } = sandbox().run("shown hook || echo it ended with $?");
    expect(output).toBe("   begun\nit ended with 3\n");
    expect(performance.now() - started).toBeLessThan(2500);
  });

  test("that take long are shown as they go, and keep their status", () => {
    sandbox().command("long", "echo one", "echo two >&2", "exit 3");
    expect(sandbox().run("streamed long || echo it ended with $?").output).toBe("   one\n   two\nit ended with 3\n");
  });
});

describeInEveryShell("the time that something is waited for", (sandbox) => {
  test("does not depend on the clock", () => {
    sandbox().sleepsTake(6).command("date", "echo 0");
    expect(sandbox().run("wait_until 10 rain false || echo gave up").output).toBe(
      "   waiting for rain, 6 s of at most 10 s\ngave up\n",
    );
  });
});

describeInEveryShell("units that leave", (sandbox) => {
  test("are left as they are when a crash took what was known of them", () => {
    sandbox().file("/etc/cdktf-lvs/director/before/units/rsyslog.service").command("systemctl");
    sandbox().file("/stage/last", "unit rsyslog.service");
    expect(sandbox().run("last_plan=/stage/last", "release_units", "echo released")).toEqual({
      status: 0,
      output: "released\n",
    });
    expect(sandbox().calls.filter((call) => !call.includes(" show "))).toEqual([]);
  });
});

describeInEveryShell("the IPVS table", (sandbox) => {
  test("is left alone when its lists cannot be written, as on a full disk", () => {
    const rule = "-A -t 192.0.2.100:80 -s wlc";
    sandbox().file("/stage/wanted", rule).command("ipvsadm", `case $1 in --save) echo '${rule}' ;; esac`);
    const full = 'keys() { case $1 in */wanted) return 1 ;; esac; keyed "$1" | cut -d "|" -f 1; }';
    expect(sandbox().run(full, "change_table /stage/wanted").output).toBe(
      "FAILED lb at start: could not write to /stage; is the disk full?; nothing was changed\n",
    );
    expect(sandbox().calls.filter((call) => / -[AaEeDd] /.test(call))).toEqual([]);
  });
});
