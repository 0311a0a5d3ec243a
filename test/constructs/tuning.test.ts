import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  LocalRealServer,
  NatRealServer,
  TunnelRealServer,
  TuningProfile,
  VirtualService,
  type HaPairProps,
  type IDirector,
  type IRealServer,
} from "../../src";
import { hostFiles, newStack, ssh, synthesize, synthError } from "../support/stacks";

function pair(stack: TerraformStack, props: Partial<HaPairProps> = {}): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
}

function serve(stack: TerraformStack, director: IDirector, server: IRealServer, vip = "10.0.0.100"): TerraformStack {
  new VirtualService(stack, "web", { director, vip, port: 80 }).addRealServer(server);
  return stack;
}

function web1(stack: TerraformStack): IRealServer {
  return new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
}

/** The lines of the error that are ours. */
function problems(stack: TerraformStack): string[] {
  return synthError(stack)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("[stack/"));
}

/** The lines of the plans of hosts whose name begins so, which match. */
function planLines(stack: TerraformStack, host: string, pattern: RegExp): string[] {
  const plans = Object.entries(hostFiles(synthesize(stack))).filter(
    ([name]) => name.startsWith(host) && name.endsWith(" plan"),
  );
  return plans.flatMap(([, text]) => text.split("\n").filter((line) => pattern.test(line)));
}

test("both directors of a pair get the same settings", () => {
  const stack = newStack();
  const props = {
    connectionSync: { interface: "eth1", threshold: { packets: 3, period: 50 } },
    timeouts: { tcpSeconds: 1200 },
    ipvs: { conntrack: true },
    connectionTableBits: 15,
  };
  serve(stack, pair(stack, props), web1(stack));
  const lines = planLines(stack, "lb_", /^(sync_|timeouts|conn_tab|sysctl .*(sync_threshold|conntrack))/);
  const half = lines.slice(0, lines.length / 2);
  expect(half).toEqual([
    "sysctl net/ipv4/vs/conntrack 1",
    "sysctl net/ipv4/vs/sync_threshold 3 50",
    "timeouts 1200 0 0",
    "conn_tab_bits 15",
    "sync_state vrrp",
    "sync_master 127.112.0.51",
    "sync_words mcast=eth1 syncid=51",
    "sync_sockets 1 0",
  ]);
  expect(lines.slice(lines.length / 2)).toEqual(half);
});

test("a pair without synchronisation says nothing of it", () => {
  const stack = newStack();
  serve(stack, pair(stack, { connectionSync: false }), web1(stack));
  expect(planLines(stack, "lb_", /sync/)).toEqual([]);
});

test("real servers of another family turn synchronisation off, and refuse it", () => {
  const build = (props: Partial<HaPairProps>): TerraformStack => {
    const stack = newStack();
    const far = new TunnelRealServer(stack, "far", { address: "10.9.0.21", connection: ssh });
    return serve(stack, pair(stack, props), far, "2001:db8::100");
  };
  expect(planLines(build({}), "lb_", /sync/)).toEqual([]);
  expect(problems(build({ connectionSync: {} }))).toEqual([
    expect.stringContaining(
      "[stack/lb] connectionSync: must be off with a real server or sorry server of another family",
    ),
  ]);
});

test("a local real server needs synchronisation, and settings of its own", () => {
  const stack = newStack();
  const director = pair(stack, { connectionSync: false, ipvs: { backupOnly: false } });
  serve(stack, director, new LocalRealServer(stack, "local", { director }));
  expect(problems(stack)).toEqual([
    "[stack/lb] connectionSync: must be on with a LocalRealServer, got false; its director would balance as a backup",
    "[stack/lb] ipvs.backupOnly: must be 1, which the work of this host needs, got 0; leave it out",
  ]);
});

test("a director under NAT must pass packets on", () => {
  const stack = newStack();
  const sysctls = { "net.ipv4.ip_forward": 0, "net.ipv4.conf.eth0.send_redirects": 1, "net.ipv4.vs.conntrack": 1 };
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, tuning: { sysctls } });
  serve(stack, director, new NatRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const rule = "which the work of this host needs";
  expect(problems(stack)).toEqual([
    `[stack/lb] tuning.sysctls['net.ipv4.ip_forward']: must be 1, ${rule}, got 0; leave it out`,
    `[stack/lb] tuning.sysctls['net.ipv4.conf.eth0.send_redirects']: must be 0, ${rule}, got 1; leave it out`,
    "[stack/lb] tuning.sysctls['net.ipv4.vs.conntrack']: must not be a setting of IPVS, got 'net.ipv4.vs.conntrack'; use ipvs or connectionSync",
  ]);
});

test("a real server keeps hiding its VIPs", () => {
  const stack = newStack();
  const tuning = { sysctls: { "net.ipv4.conf.all.arp_ignore": 0, "net.core.somaxconn": "8192" } };
  const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, tuning });
  serve(stack, pair(stack), server);
  expect(problems(stack)).toEqual([
    "[stack/web1] tuning.sysctls['net.ipv4.conf.all.arp_ignore']: must be 1, which the work of this host needs, got 0; leave it out",
  ]);
});

test("settings of a real server that is wrong in itself are looked at all the same", () => {
  const stack = newStack();
  const server = new DrRealServer(stack, "web1", { address: "::1", connection: ssh, tuning: { sysctls: { x: 1 } } });
  serve(stack, pair(stack), server);
  expect(problems(stack)).toContainEqual(expect.stringContaining("[stack/web1] tuning.sysctls['x']: must be the name"));
});

test("a real server with a profile, a value of its own and one known only at apply", () => {
  const stack = newStack();
  const backlog = new TerraformVariable(stack, "backlog", { type: "number" }).numberValue;
  const tuning = {
    profile: TuningProfile.HIGH_TRAFFIC,
    sysctls: { "net.core.somaxconn": 8192, "net.ipv4.tcp_max_syn_backlog": backlog },
  };
  serve(stack, pair(stack), new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, tuning }));
  const lines = planLines(stack, "web1_", /^sysctl/);
  expect(lines).toContain("sysctl net/core/somaxconn 8192");
  expect(lines).toContain("sysctl net/ipv4/tcp_max_syn_backlog ${var.backlog}");
  expect(lines).toContain("sysctl net/ipv4/conf/*/arp_ignore 1");
  expect(lines.filter((line) => line.includes("somaxconn"))).toHaveLength(1);
});
