import { Director, DrRealServer, VirtualService } from "../../src";
import { removeScript } from "../../src/provisioners/remove-script";
import { hostFiles, newStack, provisioners, resourceAt, ssh, synthError, synthesize } from "../support/stacks";

function stackWith(decommission: boolean): ReturnType<typeof newStack> {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh });
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  web.addRealServer(
    new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh, instanceId: "i-2", decommission }),
  );
  return stack;
}

function rulesOf(stack: ReturnType<typeof newStack>): string | undefined {
  return Object.entries(hostFiles(synthesize(stack))).find(([name]) => /^lb_.* rules$/.test(name))?.[1];
}

test("a real server that leaves is in no service any more", () => {
  expect(rulesOf(stackWith(false))).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 1
`);
  expect(rulesOf(stackWith(true))).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
`);
});

test("its host is cleaned by the deploy, and by destroy as before", () => {
  const synthesized = synthesize(stackWith(true));
  const decommission = resourceAt(synthesized, "terraform_data.web2_host_decommission");
  expect(decommission.triggers_replace).toEqual({ host: "10.0.0.22", instance_id: "i-2" });
  const [clean] = provisioners(decommission);
  expect(clean?.when).toBeUndefined();
  expect(clean?.inline[0]?.endsWith(removeScript("real-server"))).toBe(true);
  const teardown = resourceAt(synthesized, "terraform_data.web2_host_teardown");
  expect(teardown).toEqual(resourceAt(synthesize(stackWith(false)), "terraform_data.web2_host_teardown"));
});

test("the last real server of a service cannot leave", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh });
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
  const decommission = true;
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, decommission }));
  expect(synthError(stack)).toContain(
    "[stack/web] realServers: must hold at least one real server, got none; call addRealServer(), or do not decommission the last one",
  );
});
