import { describeInEveryShell } from "../support/host-sandbox";

const WORDS = "mcast=eth0, syncid=51, maxlen=1472, group=224.0.0.81, port=8848, ttl=1";
const MISSING = "synchronisation daemon with mcast=eth0 syncid=51, only:";

describeInEveryShell("synchronisation daemons", (sandbox) => {
  /** A director that runs these daemons and is to have those of the plan, after a last deploy with another state. */
  const director = (live: readonly string[], state: string, last = state) => {
    const plan = (word: string) => [`sync_state ${word}`, "sync_words mcast=eth0 syncid=51", "sync_sockets 1 0"];
    const list = live.map((one) => `echo '${one} sync daemon (${WORDS})'`);
    sandbox()
      .plan(...plan(state))
      .file("/stage/last", ...plan(last))
      .command("ipvsadm", "case $1 in --list) ;; *) exit ;; esac", ...list);
    const folders = 'before=$stage rollback=$stage last_plan=$stage/last must_reload=""';
    return (...lines: readonly string[]) => sandbox().run(folders, ...lines).output;
  };
  const changes = () => sandbox().calls.filter((call) => !call.includes("--list"));

  test.each([
    ["active-active", ["master", "backup"], ""],
    ["active-active", ["backup"], `drift: no master ${MISSING} backup ${WORDS.replaceAll(",", "")},\n`],
    ["both", ["master"], `drift: no backup ${MISSING} master ${WORDS.replaceAll(",", "")},\n`],
    ["master", ["master", "backup"], `drift: a backup synchronisation daemon runs too, ${WORDS.replaceAll(",", "")}\n`],
  ])("%s, and there are %j", (state, live, output) => {
    expect(director(live, state)("differences=0", "check_sync_daemons")).toBe(output);
  });

  test("keepalived starts those of a pair, the program those of a lone director", () => {
    director(["backup"], "active-active")("start_sync_daemons");
    expect(changes()).toEqual([]);
    director(["backup"], "both")("start_sync_daemons");
    expect(changes()).toEqual(["ipvsadm --start-daemon master --mcast-interface eth0 --syncid 51"]);
  });

  test("when more instances get services, the old daemon stops, and keepalived starts both", () => {
    const run = director(["backup"], "active-active", "vrrp");
    expect(run("stop_old_sync_daemons", 'echo "reload: $must_reload"')).toContain("reload: yes\n");
    expect(changes()).toEqual(["ipvsadm --stop-daemon backup"]);
  });

  test("those that are as they should be stay", () => {
    const run = director(["master", "backup"], "active-active");
    expect(run("stop_old_sync_daemons", 'echo "reload: $must_reload"')).toBe("reload: \n");
    expect(changes()).toEqual([]);
  });
});
