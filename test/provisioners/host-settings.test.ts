import { describeInEveryShell } from "../support/host-sandbox";

/** Interfaces whose settings the plan names by a pattern, and one that it names itself. */
const PATTERN = "sysctl net/ipv4/conf/*/arp_ignore 1";

describeInEveryShell("kernel settings", (sandbox) => {
  const setting = (path: string, value: string) => sandbox().file(`/proc/sys/${path}`, value);
  const compare = (...lines: readonly string[]) =>
    sandbox().run('list_sysctls "$stage/plan"', ...lines, "compare_sysctls", "cat /stage/differing");
  const differing = (path: string, found: string) => `/proc/sys/${path}\t1\t${found}\n`;

  beforeEach(() => {
    setting("net/ipv4/conf/all/arp_ignore", "0");
    setting("net/ipv4/conf/eth0/arp_ignore", "1");
    setting("net/ipv4/conf/veth7/arp_ignore", "0");
    setting("net/ipv4/vs/sync_ports", "0");
    sandbox().plan(PATTERN, "sysctl net/ipv4/vs/sync_ports 1", "sysctl net/ipv4/conf/eth0/arp_ignore 1");
  });

  test("each has its own value", () => {
    expect(compare().output).toBe(
      differing("net/ipv4/conf/all/arp_ignore", "0") +
        differing("net/ipv4/conf/veth7/arp_ignore", "0") +
        differing("net/ipv4/vs/sync_ports", "0"),
    );
  });

  test("of an interface that goes while they are compared, nothing is said, and the others keep their values", () => {
    sandbox().command("head", "rm -r " + sandbox().path("/proc/sys/net/ipv4/conf/eth0"), 'exec /usr/bin/head "$@"');
    sandbox().plan(PATTERN, "sysctl net/ipv4/vs/sync_ports 1");
    expect(compare()).toEqual({
      status: 0,
      output:
        differing("net/ipv4/conf/all/arp_ignore", "0") +
        differing("net/ipv4/conf/veth7/arp_ignore", "0") +
        differing("net/ipv4/vs/sync_ports", "0"),
    });
  });

  test("of an interface that the plan names, it is said that they are missing", () => {
    sandbox().plan("sysctl net/ipv4/conf/eth9/arp_ignore 1", "sysctl net/ipv4/vs/sync_ports 0");
    expect(compare().output).toBe(differing("net/ipv4/conf/eth9/arp_ignore", "missing"));
  });

  test("a host whose plan has none differs in none", () => {
    sandbox().plan("role real-server");
    expect(compare()).toEqual({ status: 0, output: "" });
  });

  test("are put back as far as that is possible", () => {
    const [gone, lost, kept] = ["gone/arp_ignore", "eth0", "all/arp_ignore"].map((name) => `net/ipv4/conf/${name}`);
    sandbox().file("/stage/kept", `/proc/sys/${gone} 0`, `/proc/sys/${lost} 0`, `/proc/sys/${kept} 7`);
    expect(sandbox().run("restore_sysctls /stage/kept || echo not all")).toEqual({
      status: 0,
      output: `   could not put back ${lost} = 0\nnot all\n`,
    });
    expect(sandbox().read(`/proc/sys/${kept}`)).toBe("7\n");
  });
});
