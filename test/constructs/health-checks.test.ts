import { Construct } from "constructs";
import type { TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  LocalRealServer,
  TableOwner,
  UnmanagedRealServer,
  VirtualService,
  type DirectorProps,
} from "../../src";
import { keepalivedConfs } from "../support/keepalived";
import { hostFiles, newStack, ssh, synthError, synthesize } from "../support/stacks";

const text = "#!/bin/sh\nexit 0\n";
const script = { text };

function lone(stack: TerraformStack, props: Partial<DirectorProps> = {}): Director {
  return new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, keepalivedVersion: "2.2.7", ...props });
}

function web(director: Director | HaPair, healthCheck?: HealthCheck[]): VirtualService {
  const stack = director.node.scope as TerraformStack;
  return new VirtualService(stack, "web", {
    director,
    vip: "10.0.0.100",
    port: 80,
    ...(healthCheck !== undefined && { healthCheck }),
  });
}

/** The names of the scripts on the directors. */
function scriptNames(stack: TerraformStack): string[] {
  return Object.keys(hostFiles(synthesize(stack))).flatMap((name) => /\/scripts\/(.*)$/.exec(name)?.[1] ?? []);
}

test("scripts get names from the constructs that they are given to", () => {
  const stack = newStack();
  const service = web(lone(stack), [HealthCheck.tcp(), HealthCheck.misc({ script })]);
  const [web1, web2] = ["web1", "web2"].map(
    (id, index) => new DrRealServer(stack, id, { address: `10.0.0.2${index}`, connection: ssh }),
  );
  service.addRealServer(web1!).addRealServer(web2!, { healthCheck: HealthCheck.misc({ script }) });
  expect(scriptNames(stack)).toEqual(["web-2", "web-web2"]);
});

test("a script of one name on several services is one file", () => {
  const stack = newStack();
  const director = lone(stack);
  const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  for (const port of [80, 443]) {
    const healthCheck = HealthCheck.misc({ script: { name: "check", text } });
    const vip = "10.0.0.100";
    new VirtualService(stack, `web${port}`, { director, vip, port, healthCheck }).addRealServer(server);
  }
  expect(scriptNames(stack)).toEqual(["check"]);
});

test("a name for two scripts on one director is refused", () => {
  const stack = newStack();
  const director = lone(stack);
  const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  for (const port of [80, 443]) {
    const healthCheck = HealthCheck.misc({ script: { name: "check", text: `${text}# ${port}\n` } });
    const vip = "10.0.0.100";
    new VirtualService(stack, `web${port}`, { director, vip, port, healthCheck }).addRealServer(server);
  }
  const message =
    "must be the name of one script, got 'check' for a second one; virtual service 'stack/web80' has it already";
  expect(synthError(stack)).toContain(`[stack/lb] virtual service 'stack/web443': ${message}`);
});

test("every kind of real server may have a maintenance switch, named after where it is", () => {
  const stack = newStack();
  const director = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    keepalivedVersion: "2.2.7",
  });
  const service = web(director);
  const room = new Construct(stack, "room 1");
  const props = { connection: ssh, maintenanceSwitch: true };
  service
    .addRealServer(new DrRealServer(room, "web1", { address: "10.0.0.21", ...props }))
    .addRealServer(new UnmanagedRealServer(stack, "..", { address: "10.0.0.22", maintenanceSwitch: true }))
    .addRealServer(new LocalRealServer(stack, "local", { director, maintenanceSwitch: true }))
    .addRealServer(new DrRealServer(stack, "web4", { address: "10.0.0.24", ...props, maintenanceSwitch: false }));
  const confs = keepalivedConfs(stack);
  expect(confs).toHaveLength(2);
  for (const conf of confs) {
    expect([...conf.matchAll(/^ {4}file "(.*)"$/gm)].map(([, file]) => file)).toEqual([
      "/var/lib/cdktf-lvs/maintenance/room-1-web1",
      "/var/lib/cdktf-lvs/maintenance/_",
      "/var/lib/cdktf-lvs/maintenance/local",
    ]);
    expect(conf.match(/FILE_CHECK/g)).toHaveLength(3);
  }
});

test("two real servers with one switch are refused", () => {
  const stack = newStack();
  const service = web(lone(stack));
  const props = { connection: ssh, maintenanceSwitch: true };
  service.addRealServer(new DrRealServer(new Construct(stack, "a"), "b", { address: "10.0.0.21", ...props }));
  service.addRealServer(new DrRealServer(stack, "a-b", { address: "10.0.0.22", ...props }));
  expect(synthError(stack)).toContain(
    "[stack/a-b] maintenanceSwitch: must have a name of its own, got 'a-b' again; 'stack/a/b' has it already, rename one",
  );
});

test("what the declared keepalived does not know is refused, where it is said", () => {
  const stack = newStack();
  const director = lone(stack, { keepalivedVersion: "2.1.5" });
  const service = web(director, [HealthCheck.tcp(), HealthCheck.udp({ payload: "00" })]);
  const props = { connection: ssh, maintenanceSwitch: true };
  service.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", ...props }));
  const advice = "leave it out, or set keepalivedVersion of the director if its hosts have 2.2.0";
  const error = synthError(stack);
  expect(error).toContain(
    `[stack/web] healthCheck[1].payload: needs keepalived 2.2.0 (payload of UDP_CHECK), got 2.1.5; ${advice}`,
  );
  expect(error).toContain(
    `[stack/web] realServers[0].maintenanceSwitch: needs keepalived 2.2.0 (FILE_CHECK), got 2.1.5; ${advice}`,
  );
});

test("a version that is none is told once, by the director", () => {
  const stack = newStack();
  const service = web(lone(stack, { keepalivedVersion: "new" }), [HealthCheck.udp({ payload: "00" })]);
  service.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const error = synthError(stack);
  expect(error).toContain("[stack/lb] keepalivedVersion: must be a version from 2.1.5 on, like '2.2.7', got 'new'");
  expect(error).not.toContain("[stack/web]");
});

test("plain ipvsadm has no keepalived to be told of", () => {
  const stack = newStack();
  const bfdInstances = [{ name: "web1", neighborAddress: "10.0.0.21" }];
  const service = web(lone(stack, { tableOwner: TableOwner.IPVSADM, bfdInstances }));
  const props = { connection: ssh, maintenanceSwitch: true };
  service.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", ...props }));
  const error = synthError(stack);
  const rule = "must not be set under ipvsadm, got";
  expect(error).toContain(`[stack/lb] keepalivedVersion: ${rule} a version of keepalived; leave it out`);
  expect(error).toContain(`[stack/lb] bfdInstances: ${rule} lines for keepalived.conf; leave it out`);
  expect(error).toContain("[stack/web] realServers[0].maintenanceSwitch: must not be set under ipvsadm, got 'web1'");
});

test("each director of a pair speaks BFD from its own address", () => {
  const stack = newStack();
  const host = (last: number) => ({ address: `10.0.0.${last}`, connection: ssh });
  const pair = { primary: host(11), secondary: host(12), interface: "eth0", virtualRouterId: 51 };
  const bfdInstances = [{ name: "web1", neighborAddress: "10.0.0.21" }];
  const director = new HaPair(stack, "lb", { ...pair, bfdInstances });
  web(director, [HealthCheck.bfd({ name: "web1" })]).addRealServer(new DrRealServer(stack, "web1", host(21)));
  const sources = keepalivedConfs(stack).flatMap((conf) => /source_ip (.*)/.exec(conf)?.[1] ?? []);
  expect(sources.sort()).toEqual(["10.0.0.11", "10.0.0.12"]);
});

test("a pair cannot be told one address to speak BFD from", () => {
  const stack = newStack();
  const host = (last: number) => ({ address: `10.0.0.${last}`, connection: ssh });
  const pair = { primary: host(11), secondary: host(12), interface: "eth0", virtualRouterId: 51 };
  const bfdInstances = [{ name: "web1", neighborAddress: "10.0.0.21", sourceAddress: "10.0.0.11" }];
  const director = new HaPair(stack, "lb", { ...pair, bfdInstances });
  web(director).addRealServer(new DrRealServer(stack, "web1", host(21)));
  expect(synthError(stack)).toContain("[stack/lb] bfdInstances[0].sourceAddress: must not be set in a pair");
});
