import { Construct } from "constructs";
import type { TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  TableOwner,
  VirtualService,
  type IDirector,
  type RealServerOptions,
  type ServiceNotifySettings,
} from "../../src";
import { confLines, hostFiles, hostText, newStack, ssh, synthError, synthesize } from "../support/stacks";

const text = "#!/bin/sh\n";

function pair(stack: TerraformStack): IDirector {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
  });
}

function stackOf(
  settings: ServiceNotifySettings,
  options: RealServerOptions = {},
  directorOn: (stack: TerraformStack) => IDirector = pair,
): TerraformStack {
  const stack = newStack();
  const shop = new Construct(stack, "shop");
  const service = new VirtualService(shop, "web", {
    director: directorOn(stack),
    vip: "10.0.0.100",
    port: 80,
    ...settings,
  });
  const web = (id: string, address: string) => new DrRealServer(stack, id, { address, connection: ssh });
  service.addRealServer(web("web1", "10.0.0.21")).addRealServer(web("web 2", "10.0.0.22"), options);
  return stack;
}

const KEYWORDS = ["script_user", "quorum_up", "quorum_down", "notify_up", "notify_down"];

test("every director gets the scripts, and says when they are run", () => {
  const stack = stackOf(
    { notifyQuorum: { up: { text }, down: { text } }, notifyRealServers: { up: { text }, down: "/usr/bin/logger" } },
    { notify: { down: { text } } },
  );
  const scripts = Object.keys(hostFiles(synthesize(stack))).filter((name) => name.includes("/scripts/"));
  expect(scripts.map((name) => name.replace(/_files_\w+ .*\//, " ")).sort()).toMatchSnapshot("scripts");
  const lines = confLines(stack, ...KEYWORDS);
  expect(lines["lb_primary"]).toMatchSnapshot("lines");
  expect(lines["lb_secondary"]).toEqual(lines["lb_primary"]);
  const plan = hostText(stack, "lb_secondary", "plan")?.split("\n") ?? [];
  expect(plan.filter((line) => line.startsWith("program "))).toEqual(["program /usr/bin/logger"]);
});

test("without scripts nothing is said of them", () => {
  expect(confLines(stackOf({ notifyQuorum: {} }, { notify: {} }), ...KEYWORDS)).toEqual({
    lb_primary: [],
    lb_secondary: [],
  });
});

test("a name for two scripts of one service is refused", () => {
  const stack = stackOf({
    notifyQuorum: { up: { name: "tell", text }, down: { name: "tell", text: `${text}exit 1\n` } },
  });
  expect(synthError(stack)).toContain(
    "[stack/lb] virtual service 'stack/shop/web': must be the name of one script, got 'tell' for a second one; virtual service 'stack/shop/web' has it already",
  );
});

test("a path that makes too long a name of a script is told", () => {
  const stack = newStack();
  const director = pair(stack);
  const id = "a".repeat(60);
  const service = new VirtualService(stack, id, {
    director,
    vip: "10.0.0.1",
    port: 80,
    notifyQuorum: { up: { text } },
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  service.addRealServer(web1, { notify: { down: { text } } });
  const rule = "must be 1 to 64 letters, digits, '.', '_' and '-', without '.' or '-' at its start, got";
  expect(synthError(stack)).toContain(`notifyQuorum.up.name: ${rule} '${id}-quorum-up'`);
  expect(synthError(stack)).toContain(`realServers[0].notify.down.name: ${rule} '${id}-web1-down'`);
});

test("plain ipvsadm runs nothing", () => {
  const stack = stackOf(
    { notifyQuorum: { up: { text } }, notifyRealServers: { down: "/usr/bin/logger" } },
    { notify: { up: { text } } },
    (scope) => new Director(scope, "lb", { address: "10.0.0.11", connection: ssh, tableOwner: TableOwner.IPVSADM }),
  );
  const lines = synthError(stack)
    .split("\n")
    .filter((line) => line.includes("otify"))
    .map((line) => line.trim());
  const advice = "ipvsadm checks nothing, leave it out or let keepalived own the table";
  expect(lines).toEqual([
    `[stack/shop/web] notifyQuorum.up: must not be set under ipvsadm, got a script; ${advice}`,
    `[stack/shop/web] notifyRealServers.down: must not be set under ipvsadm, got '/usr/bin/logger'; ${advice}`,
    `[stack/shop/web] realServers[1].notify.up: must not be set under ipvsadm, got a script; ${advice}`,
  ]);
});
