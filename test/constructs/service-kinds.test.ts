import type { TerraformStack } from "cdktf";
import {
  DrRealServer,
  HaPair,
  NatRealServer,
  PersistenceEngine,
  Protocol,
  Scheduler,
  VirtualService,
  type VirtualServiceSettings,
} from "../../src";
import { hostText, newStack, ssh, synthError } from "../support/stacks";

const persistence = { timeoutSeconds: 300 };

function pairOn(stack: TerraformStack): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    natGateway: { interface: "eth1", address: "10.1.0.254" },
  });
}

function webOn(stack: TerraformStack): DrRealServer {
  return new DrRealServer(stack, "web", { address: "10.0.0.21", ipv6Address: "2001:db8::21", connection: ssh });
}

test("a pair with a service of each kind", () => {
  const stack = newStack();
  const director = pairOn(stack);
  const server = webOn(stack);
  const kinds: Record<string, VirtualServiceSettings> = {
    port: { vip: "10.0.0.100", port: 80, quorum: 2, hysteresis: 1, inhibitOnFailure: true, smtpAlert: false },
    vips: { vip: "10.0.0.101", additionalVips: ["10.0.0.102"], port: 80, sorryServer: { address: "10.0.0.99" } },
    all: { vip: "10.0.0.103", allPorts: true, persistence },
    mark: { vip: "10.0.0.104", firewallMark: { mark: 1, ports: [80, 443] }, persistence },
    mark6: { vip: "2001:db8::104", firewallMark: { mark: 1 }, scheduler: Scheduler.SH, hashing: { port: true } },
    phones: {
      vip: "10.0.0.105",
      port: 5060,
      protocol: Protocol.UDP,
      onePacketScheduling: true,
      persistence: { ...persistence, prefixLength: 24, engine: PersistenceEngine.SIP },
    },
  };
  for (const [id, settings] of Object.entries(kinds)) {
    const service = new VirtualService(stack, id, { director, ...settings });
    service.addRealServer(server, { weight: 3, upperThreshold: 100, lowerThreshold: 50 });
  }
  expect(hostText(stack, "lb_secondary", "/etc/keepalived/keepalived.conf")).toMatchSnapshot("keepalived.conf");
  expect(hostText(stack, "lb_secondary", "rules")).toMatchSnapshot("rules");
  const plans = ["lb_secondary", "web"].map((id) => hostText(stack, id, "plan")?.split("\n") ?? []);
  expect(plans.map((lines) => lines.filter((line) => /^(sorry|vip|vrrp_vip) /.test(line)))).toMatchSnapshot(
    "sorry servers and addresses",
  );
});

test("a real server with a port of its own behind a mark is tried there", () => {
  const stack = newStack();
  const firewallMark = { mark: 1, ports: [80, 443] };
  const site = new VirtualService(stack, "site", { director: pairOn(stack), vip: "10.0.0.100", firewallMark });
  const server = (id: string, address: string): NatRealServer =>
    new NatRealServer(stack, id, { address, connection: ssh });
  site.addRealServer(server("a", "10.1.0.21"), { port: 8080 }).addRealServer(server("b", "10.1.0.22"));
  expect(hostText(stack, "lb_primary", "/etc/keepalived/keepalived.conf")).toContain(`    lvs_method NAT
    real_server 10.1.0.21 8080 {
        weight 1
        TCP_CHECK {
        }
    }
    real_server 10.1.0.22 0 {
        weight 1
        TCP_CHECK {
            connect_port 80
        }
    }
`);
});

test("two services that want the same packets", () => {
  const stack = newStack();
  const director = pairOn(stack);
  const server = webOn(stack);
  const vip = "10.0.0.100";
  new VirtualService(stack, "https", { director, vip, port: 443 }).addRealServer(server);
  new VirtualService(stack, "site", { director, vip, firewallMark: { mark: 1, ports: ["80-500"] } }).addRealServer(
    server,
  );
  expect(synthError(stack)).toContain(
    "[stack/lb] virtual service 'stack/site': must have packets of its own, got 10.0.0.100:443/tcp again; 'stack/https' has them already",
  );
});
