import type { TerraformStack } from "cdktf";
import {
  DrRealServer,
  HaPair,
  LocalRealServer,
  SyncGroup,
  VirtualService,
  VrrpInstance,
  type HaPairProps,
} from "../../src";
import { confLines, hostFiles, newStack, ssh, synthesize, synthError } from "../support/stacks";

interface Site {
  readonly stack: TerraformStack;
  readonly lb: HaPair;
  readonly api: VrrpInstance;
  readonly guests: VrrpInstance;
}

/** A pair with two further instances, and a service on each of those that are named. */
function site(serving: readonly ("lb" | "api" | "guests")[], props: Partial<HaPairProps> = {}): Site {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
  const api = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52, vips: ["10.0.0.152"] });
  const guests = new VrrpInstance(stack, "guests", { pair: lb, virtualRouterId: 53, vips: ["10.0.0.153"] });
  const instances = { lb, api, guests };
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  serving.forEach((name, index) => {
    const on = { director: lb, vrrpInstance: instances[name], vip: `10.0.0.10${index}`, port: 80 };
    new VirtualService(stack, `on-${name}`, on).addRealServer(web1);
  });
  return { stack, ...instances };
}

/** What both directors are told of their daemons: in keepalived.conf, and in their plans. */
function daemons({ stack }: Site): string[] {
  const plans = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => /^lb_.* plan$/.test(name));
  const [first, second] = plans.map(([, text]) => text.split("\n").filter((line) => /^sync_(state|master)/.test(line)));
  expect(second).toEqual(first);
  const lines = confLines(stack, "lvs_sync_daemon");
  expect(lines["lb_secondary"]).toEqual(lines["lb_primary"]);
  return [...(lines["lb_primary"] ?? []), ...(first ?? [])];
}

test("one instance with services decides, whichever it is", () => {
  expect(daemons(site(["lb"]))).toEqual([
    'lvs_sync_daemon eth0 inst "lb" id 51',
    "sync_state vrrp",
    "sync_master 127.112.0.51",
  ]);
  expect(daemons(site(["guests"]))).toEqual([
    'lvs_sync_daemon eth0 inst "guests" id 51',
    "sync_state vrrp",
    "sync_master 127.112.0.53",
  ]);
});

test("with services in instances that fail over apart, every director sends and listens", () => {
  const both = ["lvs_sync_daemon eth0 id 51", "sync_state active-active"];
  expect(daemons(site(["lb", "api"]))).toEqual(both);
  expect(daemons(site(["api", "guests"]))).toEqual(both);
});

test("instances of a sync group fail over as one", () => {
  const together = site(["api", "guests"]);
  new SyncGroup(together.stack, "together", { instances: [together.api, together.guests] });
  expect(daemons(together)).toEqual([
    'lvs_sync_daemon eth0 inst "api" id 51',
    "sync_state vrrp",
    "sync_master 127.112.0.52",
  ]);
  const apart = site(["lb", "api", "guests"]);
  new SyncGroup(apart.stack, "together", { instances: [apart.api, apart.guests] });
  expect(daemons(apart)).toEqual(["lvs_sync_daemon eth0 id 51", "sync_state active-active"]);
});

test("a director that is always a backup as well cannot rest as one, so it cannot be a real server", () => {
  const local = (serving: Parameters<typeof site>[0], props: Partial<HaPairProps> = {}): TerraformStack => {
    const { stack, lb } = site(serving, props);
    const own = { director: lb, vip: "10.0.0.110", port: 80 };
    new VirtualService(stack, "own", own).addRealServer(new LocalRealServer(stack, "local", { director: lb }));
    return stack;
  };
  expect(() => synthesize(local(["lb"]))).not.toThrow();
  const apart = "services in VRRP instances that fail over apart ('lb', 'api'); put these in one SyncGroup";
  const problems = synthError(local(["api"], { ipvs: { backupOnly: true } })).split("\n");
  expect(problems.map((line) => line.trim()).filter((line) => line.startsWith("[stack/"))).toEqual([
    `[stack/lb] connectionSync: must follow one VRRP instance with a LocalRealServer, got ${apart}, or let other hosts serve`,
    `[stack/lb] ipvs.backupOnly: must be off where several directors work at once, got true with ${apart}, or leave it out`,
  ]);
});
