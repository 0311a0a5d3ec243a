import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Director, DrRealServer, HaPair, VirtualService } from "../../src";

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-app-"));
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
});

test("a real synth reports the problems of all constructs, each under its own name", () => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "web");
  const host = (address: string) => ({ address, connection: {} });
  const lb = new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    interface: "eth0",
    virtualRouterId: 300,
  });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", host("10.0.0.21")), { port: 8080 });
  new VirtualService(stack, "empty", { director: lb, vip: "10.0.0.100", port: 81 });
  new Director(stack, "alone", { ...host("10.0.0.13"), vipInterface: "eth0" });
  new DrRealServer(stack, "gone", { ...host("10.0.0"), decommission: true });

  let message = "";
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(
    message
      .split("\n")
      .filter((line) => line.startsWith("  ["))
      .sort(),
  ).toEqual([
    "  [web/alone] services: must hold at least one virtual service, got none; make a VirtualService",
    "  [web/empty] realServers: must hold at least one real server, got none; call addRealServer(), or do not decommission the last one",
    "  [web/gone] address: must be an IPv4 or IPv6 address, got '10.0.0'",
    "  [web/lb] virtualRouterId: must be an integer from 1 to 255, got 300",
    "  [web/web] realServers[0].port: must equal the service port 80 under direct routing, got 8080; DR cannot rewrite ports",
  ]);
});
