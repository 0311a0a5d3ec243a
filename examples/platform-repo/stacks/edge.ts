import { S3Backend, TerraformStack, TerraformVariable } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, Protocol, Scheduler, TopologyFiles, VirtualService } from "cdktf-lvs";
import type { Construct } from "constructs";
import { host } from "../host";
import type { Service, Site } from "../settings";

/** The edge of a site: two directors, and behind them its web servers and name servers. */
export class Edge extends TerraformStack {
  constructor(scope: Construct, id: string, site: Site) {
    super(scope, id);
    new S3Backend(this, {
      bucket: "example-terraform-state",
      key: `${id}.tfstate`,
      region: "eu-central-1",
      encrypt: true,
    });
    this.addOverride("terraform.backend.s3.use_lockfile", true);

    const pair = new HaPair(this, "lb", {
      primary: host(site.directors.primary),
      secondary: host(site.directors.secondary),
      interface: site.interface,
      virtualRouterId: site.virtualRouterId,
      authentication: new TerraformVariable(this, "vrrp_password", { type: "string", sensitive: true }),
      firewall: { servicesOnly: true },
    });

    // Both ports are one service, so that a client keeps its web server when it goes from HTTP to HTTPS.
    const web = new VirtualService(this, "web", {
      director: pair,
      vip: site.web.vip,
      firewallMark: { mark: 1, ports: [80, 443] },
      persistence: { timeoutSeconds: 600 },
      healthCheck: HealthCheck.http({ path: "/health", port: 80 }),
    });
    for (const { server, weight } of this.realServers(site.web)) web.addRealServer(server, { weight });

    const nameServers = this.realServers(site.dns);
    for (const protocol of [Protocol.UDP, Protocol.TCP]) {
      const dns = new VirtualService(this, `dns-${protocol.toLowerCase()}`, {
        director: pair,
        vip: site.dns.vip,
        port: 53,
        protocol,
        scheduler: Scheduler.WRR,
        // Every question may go to another server.
        onePacketScheduling: protocol === Protocol.UDP,
        healthCheck: HealthCheck.dns({ name: "example.com" }),
      });
      for (const { server, weight } of nameServers) dns.addRealServer(server, { weight });
    }

    new TopologyFiles(this, "topology");
  }

  private realServers({ servers }: Service) {
    return Object.entries(servers).map(([name, { address, weight }]) => {
      return { server: new DrRealServer(this, name, host(address)), weight };
    });
  }
}
