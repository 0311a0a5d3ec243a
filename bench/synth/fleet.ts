import { App, LocalBackend, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, PlanDetail, VirtualService } from "cdktf-lvs";

const SERVERS_PER_SERVICE = 10;
const HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBenchBenchBenchBenchBenchBenchBenchBenchBenc";

/** What a synth is measured on. */
export interface Fleet {
  readonly services: number;
  readonly planDetail: PlanDetail;
  readonly outdir: string;
}

/** From 10 to 100 real servers, so that services share them. */
export function realServersFor(services: number): number {
  return Math.min(100, Math.max(SERVERS_PER_SERVICE, services / SERVERS_PER_SERVICE));
}

/** A pair of directors and its services, each on a VIP of its own with 10 of the real servers. */
export function defineFleet({ services, planDetail, outdir }: Fleet): App {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "fleet");
  // Its own choice is the directory that the benchmark is started in.
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const delivery = { planDetail };
  const host = (address: string) => ({
    address,
    connection: { privateKeyPath: "~/.ssh/id_ed25519", hostKey: HOST_KEY },
  });
  const director = new HaPair(stack, "lb", {
    primary: host("198.19.0.1"),
    secondary: host("198.19.0.2"),
    interface: "eth0",
    virtualRouterId: 51,
    delivery,
  });
  const servers = Array.from(
    { length: realServersFor(services) },
    (_, index) => new DrRealServer(stack, `web${index}`, { ...host(`198.19.1.${index + 1}`), delivery }),
  );
  for (let index = 0; index < services; index++) {
    const service = new VirtualService(stack, `service${index}`, {
      director,
      vip: `198.18.${Math.floor(index / 250)}.${(index % 250) + 1}`,
      port: 80,
      healthCheck: HealthCheck.http({ path: "/health" }),
    });
    for (let member = 0; member < SERVERS_PER_SERVICE; member++) {
      service.addRealServer(servers[(index * SERVERS_PER_SERVICE + member) % servers.length] as DrRealServer);
    }
  }
  return app;
}
