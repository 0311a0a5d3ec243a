import { describeInEveryShell } from "../support/host-sandbox";

const PLAN = [
  "role director",
  "vrrp_holds lb yes",
  "vrrp_vip lb 127.112.0.51 lo",
  "vrrp_vip lb 192.0.2.100 eth0",
  "vrrp_holds api no",
  "vrrp_vip api 127.112.0.52 lo",
  "vrrp_vip api 192.0.2.101 eth0",
];

/** `ip -oneline address show` of a host with these addresses. */
function shown(...addresses: readonly [device: string, address: string][]): string[] {
  return addresses.map(([device, address]) => `echo '2: ${device}    inet ${address}/32 scope global ${device}'`);
}

type Address = [device: string, address: string];

const LB: Address[] = [
  ["lo", "127.112.0.51"],
  ["eth0", "192.0.2.100"],
];
const API: Address[] = [
  ["lo", "127.112.0.52"],
  ["eth0", "192.0.2.101"],
];

describeInEveryShell("VIPs that keepalived moves", (sandbox) => {
  const judge = (): string =>
    sandbox().run(
      'plan_values "$stage/plan" vrrp_vip >"$stage/vrrp-vips"',
      'plan_values "$stage/plan" vrrp_holds >"$stage/vrrp-holds"',
      'if vrrp_vips_ok; then echo "as planned"; else echo "$missing"; fi',
    ).output;

  test("while a director waits for its VIPs, it says for which", () => {
    sandbox()
      .plan(...PLAN)
      .sleepsTake(6);
    const { output } = sandbox().run(
      "director_ok() { missing='VIPs of lb are elsewhere'; return 1; }",
      "wait_until 10 'the director' runs_as_planned || echo gave up",
    );
    expect(output).toBe(
      "   waiting for the director to run as planned (VIPs of lb are elsewhere), 6 s of at most 10 s\ngave up\n",
    );
  });

  test.each<[string, [string, string][], string]>([
    ["one instance is here, the other elsewhere", LB, "as planned"],
    ["both are here", [...LB, ...API], "as planned"],
    [
      "one that belongs here is elsewhere",
      API,
      "this host has not taken the VIPs of VRRP instance lb, which belong here",
    ],
    [
      "half of one that may be elsewhere is here",
      [...LB, ["eth0", "192.0.2.101"]],
      "only 1 of 2 VIPs of VRRP instance api are on this host",
    ],
    [
      "a VIP is on another device",
      [
        ["lo", "127.112.0.51"],
        ["eth1", "192.0.2.100"],
      ],
      "only 1 of 2 VIPs of VRRP instance lb are on this host",
    ],
  ])("are judged for each instance by itself: %s", (_title, addresses, verdict) => {
    sandbox()
      .plan(...PLAN)
      .command("ip", ...shown(...addresses));
    expect(judge()).toBe(`${verdict}\n`);
  });

  test("are as planned where there are none", () => {
    sandbox().command("ip");
    expect(judge()).toBe("as planned\n");
  });

  test("are deleted from a host whose keepalived is gone, each once", () => {
    sandbox()
      .command("ip", 'case $* in "-oneline address show") ;; *show*) echo found ;; esac')
      .command("sort", 'exec /usr/bin/sort "$@"')
      .file("/stage/now", "lb 192.0.2.100 eth0", "api 2001:db8::100 eth0")
      .file("/stage/before", "lb 192.0.2.100 eth0");
    expect(sandbox().run('delete_vrrp_addresses "$stage/now" "$stage/before"')).toEqual({ status: 0, output: "" });
    expect(sandbox().calls.filter((call) => call.includes("delete"))).toEqual([
      "ip address delete 2001:db8::100/128 dev eth0",
      "ip address delete 192.0.2.100/32 dev eth0",
    ]);
  });
});

describeInEveryShell("a keepalived that has ended", (sandbox) => {
  const deletions = (result: string) => {
    sandbox()
      .plan(...PLAN)
      .command("ip", 'case $* in *show*) echo "inet 1/32" ;; *delete*eth0*) exit 2 ;; esac');
    const { status, output } = sandbox().run("here=$stage", `SERVICE_RESULT=${result}`, "keepalived_stopped");
    return [status, output, sandbox().calls.filter((call) => call.includes("delete"))];
  };

  test("well has taken its VIPs away", () => {
    expect(deletions("success")).toEqual([0, "", []]);
  });

  test.each(["signal", "exit-code", "core-dump", "timeout"])("by %s may have left VIPs, which go", (result) => {
    expect(deletions(result)).toEqual([
      0,
      "could not delete 192.0.2.100 from eth0\ncould not delete 192.0.2.101 from eth0\n",
      [
        "ip address delete 127.112.0.51/32 dev lo",
        "ip address delete 192.0.2.100/32 dev eth0",
        "ip address delete 127.112.0.52/32 dev lo",
        "ip address delete 192.0.2.101/32 dev eth0",
      ],
    ]);
  });
});

describeInEveryShell("VIPs that a director had in a pair, and has alone now", (sandbox) => {
  test("are added again once keepalived has left them", () => {
    const [state, taken] = [sandbox().path("/state"), sandbox().path("/taken")];
    sandbox()
      .file("/stage/vips", "192.0.2.100 eth0", "192.0.2.102 eth0")
      .file("/stage/vrrp-vips-before", "lb 192.0.2.100 eth0", "lb 192.0.2.101 eth0")
      .file("/etc/cdktf-lvs/director/rollback/wanted/plan")
      .file("/state", "2: eth0 inet 192.0.2.100/32 scope", "2: eth0 inet 192.0.2.102/32 scope")
      .command("ip", `case $1 in -oneline) cat ${state} ;; -batch) cat "$2" >${taken} ;; esac`)
      .command("sleep", `echo '2: eth0 inet 192.0.2.102/32 scope' >${state}`);
    expect(sandbox().run("take_over_addresses").status).toBe(0);
    expect(sandbox().read("/taken")).toBe("address replace 192.0.2.100/32 dev eth0 preferred_lft 0\n");
  });
});

describeInEveryShell("what tells the network where the VIPs are", (sandbox) => {
  const hook = "/etc/cdktf-lvs/director/scripts/lb-move-addresses";
  const call = (wasActive: string) =>
    sandbox().run('plan_values "$stage/plan" vrrp_vip >"$stage/vrrp-vips"', `was_active=${wasActive}`, "call_hooks");

  beforeEach(() => {
    sandbox()
      .plan(...PLAN, `vrrp_hook lb ${hook}`)
      .file("/stage/changed", `3 700 abc ${hook}`)
      .command("ip", ...shown(...LB))
      .program(hook, "echo moved", "read -r nothing && echo $nothing", "exit 0");
  });

  test("is called after a change of the VIPs under a master, with nothing to read", () => {
    expect(call("yes")).toEqual({
      status: 0,
      output: `   moved\n   moved the VIPs of VRRP instance lb: ${hook}\n`,
    });
    expect(sandbox().calls.filter((line) => line.startsWith("lb-move"))).toEqual(["lb-move-addresses"]);
  });

  test.each([
    ["keepalived was not running, and calls it itself", "''", () => sandbox()],
    ["the VIPs are elsewhere", "yes", () => sandbox().command("ip", ...shown(...API))],
    [
      "the VIPs are the same",
      "yes",
      () => sandbox().file("/stage/changed", "3 600 abc /etc/keepalived/keepalived.conf"),
    ],
  ])("is not called when %s", (_title, wasActive, arrange) => {
    arrange();
    expect(call(wasActive)).toEqual({ status: 0, output: "" });
    expect(sandbox().calls.filter((line) => line.startsWith("lb-move"))).toEqual([]);
  });

  test("fails the run when it fails", () => {
    sandbox().program(hook, "echo no such address", "exit 3");
    expect(call("yes")).toEqual({
      status: 1,
      output: `   no such address
FAILED lb at start: ${hook} could not move the VIPs of VRRP instance lb; the lines above say why; nothing was changed
`,
    });
  });
});
