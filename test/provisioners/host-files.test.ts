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
      output: "FAILED lb at start: the new /etc/empty.conf arrived empty; deploy again; nothing was changed\n",
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

describeInEveryShell("a server that leaves", (sandbox) => {
  const rule = "-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 2";
  const drain = (live: string) => {
    sandbox().plan("drain 5").file("/etc/cdktf-lvs/director/current/rules", rule).file("/stage/rules");
    sandbox().file("/etc/cdktf-lvs/director/rollback/drained").file("/live", rule).sleepsTake(1);
    const table = sandbox().path("/live");
    sandbox().command("ipvsadm", `case $1 in --save) cat ${table} ;; -e) ${live}; exit 1 ;; esac`);
    return sandbox().run("drain").output;
  };

  test("and that its check takes out at this moment, has left", () => {
    expect(drain(`: >${sandbox().path("/live")}`)).toContain("no active connections left");
  });

  test("and that is there, but cannot be drained, ends the run", () => {
    expect(drain(":")).toContain(`could not set weight 0: ${rule}`);
  });
});

describeInEveryShell("addresses of the host", (sandbox) => {
  test("are also those of a point-to-point link", () => {
    sandbox().command("ip", "echo '5: tun0    inet 10.9.0.1 peer 10.9.0.2/32 scope global tun0'");
    expect(sandbox().run("look_at_addresses", "has_address 10.9.0.1 && echo yes").output).toBe("yes\n");
  });
});

describeInEveryShell("directories", (sandbox) => {
  test("that are not there yet are judged by the ones above them", () => {
    sandbox().file("/stage/manifest", "0 644 x /etc/theirs/new/a.conf").file("/etc/theirs/file");
    const stat = 'for path; do case $path in */theirs) echo "2 $path" ;; -*|%*) ;; *) echo "1 $path" ;; esac; done';
    sandbox().forget("stat");
    expect(sandbox().command("stat", stat).run("check_filesystems").output).toContain(
      "/etc/theirs is on another filesystem than /etc/cdktf-lvs",
    );
  });
});

describeInEveryShell("cloud-init", (sandbox) => {
  const done = (status: string, systemd: string) => {
    sandbox().command("cloud-init", `echo 'status: ${status}'`).command("systemctl", `echo ${systemd}`);
    return sandbox().run("cloud_init_done && echo yes || echo no").output.trim();
  };

  test.each([
    ["done", "running", "yes"],
    ["running", "running", "no"],
    ["not run", "starting", "no"],
    ["not started", "initializing", "no"],
    ["not run", "running", "yes"],
    ["not started", "degraded", "yes"],
  ])("with status '%s' while systemd is %s", (status, systemd, expected) => {
    expect(done(status, systemd)).toBe(expected);
  });
});
