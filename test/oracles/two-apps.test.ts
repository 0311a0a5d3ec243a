import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataTerraformRemoteStateLocal, TerraformOutput } from "cdktf";
import { DrRealServer, HaPair, UnmanagedDirector, UnmanagedRealServers, VirtualService } from "../../src";
import { stackWithState, synthesizedApp } from "../support/apps";
import { keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { ssh } from "../support/stacks";
import { AppliedStack } from "../support/terraform";

jest.setTimeout(240_000);

const service = { vip: "10.0.0.100", port: 80 };

/** The app of the team with the application: its real servers, and which of them directors may send to. */
function shopApp(folder: string, hosts: readonly string[], serving: readonly string[]): string {
  const { shop = "" } = synthesizedApp((app) => {
    const stack = stackWithState(app, "shop", folder);
    const director = new UnmanagedDirector(stack, "lb", { addresses: ["10.0.0.11", "10.0.0.12"] });
    const web = new VirtualService(stack, "web", { director, ...service });
    for (const address of hosts) {
      web.addRealServer(new DrRealServer(stack, `web-${address}`, { address, connection: ssh }));
    }
    new TerraformOutput(stack, "addresses", { value: serving });
  });
  return shop;
}

/** The app of the network team, which knows where the state of the other is. */
function networkApp(folder: string): string {
  const { network = "" } = synthesizedApp((app) => {
    const stack = stackWithState(app, "network", folder);
    const lb = new HaPair(stack, "lb", {
      primary: { address: "10.0.0.11", connection: ssh },
      secondary: { address: "10.0.0.12", connection: ssh },
      interface: "eth0",
      virtualRouterId: 51,
    });
    const shop = new DataTerraformRemoteStateLocal(stack, "shop", { path: join(folder, "shop.tfstate") });
    const web = new VirtualService(stack, "web", { director: lb, ...service });
    web.addRealServers(new UnmanagedRealServers(stack, "shop-servers", { addresses: shop.getList("addresses") }));
  });
  return network;
}

describeWithOracles("two apps", ["terraform", "keepalived", "network namespaces (needs root)"], () => {
  const folder = mkdtempSync(join(tmpdir(), "two-apps-"));
  const made: AppliedStack[] = [];

  afterAll(() => {
    for (const one of made) one.remove();
    rmSync(folder, { recursive: true });
  });

  function readied(text: string): AppliedStack {
    const one = new AppliedStack(text);
    made.push(one);
    return one;
  }

  /** What Terraform says when it has nothing to say against it. */
  function applied(one: AppliedStack): string {
    const { status, output } = one.apply();
    expect([status, status === 0 ? "" : output]).toEqual([0, ""]);
    return output;
  }

  test("the directors of one follow the real servers of the other, which prepares them", () => {
    const network = readied(networkApp(folder));
    const [one, two, three] = ["10.0.0.21", "10.0.0.22", "10.0.0.23"] as const;
    for (const [hosts, serving] of [
      [[one], [one]],
      [
        [one, two, three],
        [one, two, three],
      ],
      // Out of the list, and out of the app when the directors have let go.
      [[one, two, three], [three]],
      [[three], [three]],
      [[three], []],
      [
        [three, one],
        [three, one],
      ],
    ] as const) {
      const shop = readied(shopApp(folder, hosts, serving));
      applied(shop);
      for (const address of hosts) {
        const name = `web-${address.replaceAll(".", "")}_host_config`;
        expect(shop.triggers(name).texts["plan"]).toContain("vip 10.0.0.100 lo\n");
      }
      applied(network);
      for (const director of ["lb_primary_config", "lb_secondary_config"]) {
        const conf = network.triggers(director).texts["/etc/keepalived/keepalived.conf"] ?? "";
        expect(conf.match(/(?<=real_server )\S+/g) ?? []).toEqual([...serving].sort());
        expect(keepalivedVerdict(conf)).toEqual(CLEAN);
      }
    }
    expect(applied(network)).toContain("No changes.");
  });

  test("a state that nobody has written yet stops the other app before anything is done", () => {
    const { status, output } = readied(networkApp(join(folder, "nowhere"))).apply();
    expect(status).toBe(1);
    expect(output.replaceAll(/[\s│]+/g, " ")).toContain("Unable to find remote state");
  });
});
