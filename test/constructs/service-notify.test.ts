import { Construct } from "constructs";
import type { TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
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

/** The names of the scripts of each host. */
function scriptsOf(stack: TerraformStack): string[] {
  const scripts = Object.keys(hostFiles(synthesize(stack))).filter((name) => name.includes("/scripts/"));
  return scripts.map((name) => name.replace(/_files_\w+ .*\//, " ")).sort();
}

test("every director gets the scripts, and says when they are run", () => {
  const stack = stackOf(
    { notifyQuorum: { up: { text }, down: { text } }, notifyRealServers: { up: { text }, down: "/usr/bin/logger" } },
    { notify: { down: { text } } },
  );
  expect(scriptsOf(stack)).toMatchSnapshot("scripts");
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

test("a path that is too long for a name is shortened, differently for each script", () => {
  const stack = newStack();
  const director = pair(stack);
  const id = "production-eu-central-1-web-frontend-of-the-shop-for-customers";
  const service = new VirtualService(stack, id, {
    director,
    vip: "10.0.0.1",
    port: 80,
    notifyQuorum: { up: { text }, down: { text } },
    healthCheck: HealthCheck.misc({ script: { text } }),
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  service.addRealServer(web1, { notify: { down: { text } } });
  expect(scriptsOf(stack).filter((name) => name.startsWith("lb_primary "))).toEqual([
    "lb_primary 114304c9-al-1-web-frontend-of-the-shop-for-customers-quorum-down",
    "lb_primary bfc399dc-tral-1-web-frontend-of-the-shop-for-customers-quorum-up",
    "lb_primary ea41f8f1-tral-1-web-frontend-of-the-shop-for-customers-web1-down",
    "lb_primary production-eu-central-1-web-frontend-of-the-shop-for-customers",
  ]);
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
