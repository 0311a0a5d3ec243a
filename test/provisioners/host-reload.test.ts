import { rmSync } from "node:fs";
import { describeInEveryShell } from "../support/host-sandbox";

const MAIN = "Apr 1 10:00:00 lb Keepalived[100]: Reloading ...";
const CHECKERS = "Apr 1 10:00:00 lb Keepalived_healthcheckers[101]: Reloading";
const VRRP = "Apr 1 10:00:00 lb Keepalived_vrrp[102]: Reloading";

describeInEveryShell("a reload of keepalived", (sandbox) => {
  const reload = () => sandbox().run('send_reload && echo reloaded || echo "$missing"').output;
  /** What the journal has got once the reload was asked for, and after this many seconds. */
  const journal = (...lines: readonly string[]) =>
    sandbox().command(
      "journalctl",
      "case $* in *--show-cursor*) printf '%s\\n' 'older words' '-- cursor: s=1;i=2'; exit ;; esac",
      ...lines.map((line) => `echo '${line}'`),
    );

  beforeEach(() => {
    sandbox().plan("role director", "table keepalived", "verify 40").sleepsTake(1);
    sandbox().command("systemctl", "case $1 in show) echo MainPID=100 ;; esac");
    for (const pid of ["101", "102"]) sandbox().file(`/proc/${pid}/stat`);
    sandbox().file("/proc/100/task/100/children", "101 102 ");
  });

  test("is over when every process of it has said so, after the end that the journal had before", () => {
    journal(MAIN, CHECKERS, VRRP);
    expect(reload()).toBe("reloaded\n");
    expect(sandbox().calls).toEqual([
      "systemctl show -p MainPID keepalived",
      "journalctl -q -n 1 -o cat --show-cursor",
      "systemctl reload keepalived",
      "journalctl -q -o short --after-cursor=s=1;i=2 _PID=100 _PID=101 _PID=102",
    ]);
  });

  test("that was not necessary has killed nobody", () => {
    expect(sandbox().run("daemon_lives && echo alive").output).toBe("alive\n");
  });

  test("is waited for", () => {
    journal(MAIN, CHECKERS);
    expect(reload()).toBe("keepalived has not reloaded after 40 s\n");
    expect(sandbox().calls.filter((call) => call.startsWith("sleep"))).toHaveLength(40);
  });

  test("of a process that has nothing to do any more is not waited for", () => {
    journal(MAIN, CHECKERS);
    rmSync(sandbox().path("/proc/102"), { recursive: true });
    expect(reload()).toBe("reloaded\n");
  });

  test("fails when keepalived ends by it", () => {
    journal(MAIN);
    sandbox().command(
      "systemctl",
      "case $1 in show) echo MainPID=100 ;; reload) rm -r " + sandbox().path("/proc/100") + " ;; esac",
    );
    expect(reload()).toBe("keepalived ended when it reloaded\n");
  });

  test("fails when systemd cannot do it", () => {
    journal();
    sandbox().command("systemctl", "case $1 in show) echo MainPID=100 ;; reload) echo no; exit 1 ;; esac");
    expect(reload()).toBe("   no\nkeepalived did not reload\n");
  });

  test("is given some seconds where there is no journal to tell", () => {
    sandbox().command("journalctl", "exit 1");
    expect(reload()).toBe("reloaded\n");
    expect(sandbox().calls.filter((call) => call.startsWith("sleep"))).toHaveLength(5);
  });
});
