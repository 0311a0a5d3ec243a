// NAT and tunnel real servers behind a pair with an inside address, and its directors as sorry servers. WITHOUT_UDP=1
// leaves the UDP service out, GATEWAY is another inside address, and GUE_CHECKSUM the checksum of GUE.
import { App, TerraformStack } from "cdktf";
import {
  ForwardingMethod,
  HaPair,
  NatRealServer,
  Protocol,
  Scheduler,
  TunnelChecksum,
  TunnelRealServer,
  TunnelType,
  VirtualService,
  type IRealServer,
  type VirtualServiceSettings,
} from "cdktf-lvs";
import { host } from "./lab-host";

const app = new App();
const stack = new TerraformStack(app, "forwarding");

const director = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
  preemptDelaySeconds: 0,
  natGateway: {
    interface: "eth1",
    address: process.env["GATEWAY"] ?? "198.51.100.254",
    ipv6Address: "2001:db8:100::254",
  },
});

const nat = [21, 22].map(
  (number) =>
    new NatRealServer(stack, `nat${number}`, {
      ...host(`198.51.100.${number}`),
      ipv6Address: `2001:db8:100::${number}`,
      replaceDefaultRoute: number === 22,
    }),
);
const remote = (number: number) => ({ ...host(`203.0.113.${number}`), ipv6Address: `2001:db8:113::${number}` });
// Without an IPv6 address of its own, packets for its IPv6 VIP travel inside IPv4.
const ipip = new TunnelRealServer(stack, "ipip", host("203.0.113.21"));
const gre = new TunnelRealServer(stack, "gre", {
  ...remote(22),
  tunnel: { type: TunnelType.GRE, checksum: TunnelChecksum.FULL },
});
const checksum = Object.values(TunnelChecksum).find((one) => one === process.env["GUE_CHECKSUM"]);
const gue = new TunnelRealServer(stack, "gue", {
  ...remote(23),
  tunnel: { type: TunnelType.GUE, port: 5555, ...(checksum !== undefined && { checksum }) },
});
// Without an IPv4 address of its own for the directors, packets for its IPv4 VIP travel inside IPv6.
const { connection } = host("203.0.113.24");
const six = new TunnelRealServer(stack, "six", {
  address: "2001:db8:113::24",
  connection: { ...connection, host: "203.0.113.24" },
});

function serve(settings: VirtualServiceSettings, servers: readonly IRealServer[], port?: number): void {
  const id = `${settings.vip}-${settings.port ?? 0}-${settings.protocol ?? ""}`.replace(/[.:]/g, "-");
  const service = new VirtualService(stack, id, {
    director,
    scheduler: Scheduler.RR,
    delayLoopSeconds: 2,
    ...settings,
  });
  for (const server of servers) service.addRealServer(server, port === undefined ? {} : { port });
}

serve({ vip: "192.0.2.101", port: 80 }, nat, 8080);
serve({ vip: "192.0.2.105", port: 80 }, nat, 8080);
serve({ vip: "192.0.2.105", port: 8081 }, nat);
serve({ vip: "2001:db8:2::101", port: 80 }, nat, 8080);
if (process.env["WITHOUT_UDP"] !== "1") serve({ vip: "192.0.2.101", port: 53, protocol: Protocol.UDP }, nat, 5000);
serve({ vip: "192.0.2.101", port: 5000, protocol: Protocol.SCTP }, nat);
// Nobody but the directors listens there.
const byItself = (address: string) => ({ address, forwardingMethod: ForwardingMethod.DR });
serve({ vip: "192.0.2.106", port: 8082, sorryServer: byItself("127.0.0.1") }, nat);
serve({ vip: "2001:db8:2::106", port: 8082, sorryServer: byItself("::1") }, nat);
for (const [number, server] of Object.entries({ 102: ipip, 103: gre, 104: gue, 107: six })) {
  serve({ vip: `192.0.2.${number}`, port: 80 }, [server]);
  serve({ vip: `2001:db8:2::${number}`, port: 80 }, [server]);
}

app.synth();
