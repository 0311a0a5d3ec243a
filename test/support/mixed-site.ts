import type { TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  NatRealServer,
  Protocol,
  Scheduler,
  SyncGroup,
  TableOwner,
  TunnelRealServer,
  UnmanagedRealServer,
  VirtualService,
  VrrpInstance,
  type IRealServer,
  type RealServerOptions,
  type VirtualServiceProps,
} from "../../src";
import { ssh } from "./stacks";

const host = (address: string) => ({ address, connection: ssh });

/** `count` of them, from one address on. */
function several<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

type Member = readonly [server: IRealServer, options?: RealServerOptions];

/**
 * 50 virtual services of all kinds, as a site of some size has them: two pairs with several VRRP instances, a director
 * with plain ipvsadm rules, and groups of real servers that services share.
 */
export function addMixedSite(stack: TerraformStack): void {
  const service = (id: string, props: VirtualServiceProps, members: readonly Member[]): void => {
    const made = new VirtualService(stack, id, props);
    for (const [server, options] of members) made.addRealServer(server, options);
  };
  addEdge(stack, service);
  addCore(stack, service);
  addPlain(stack, service);
}

type AddService = (id: string, props: VirtualServiceProps, members: readonly Member[]) => void;

/** Web sites in front: direct routing, tunnels to another site, NAT with other ports. */
function addEdge(stack: TerraformStack, service: AddService): void {
  const edge = new HaPair(stack, "edge", {
    primary: host("192.0.2.11"),
    secondary: host("192.0.2.12"),
    interface: "eth0",
    virtualRouterId: 51,
    natGateway: { interface: "eth1", address: "10.1.0.254" },
  });
  const tenants = new VrrpInstance(stack, "tenants", { pair: edge, virtualRouterId: 52, preferred: "secondary" });
  const webs = several(6, (n) => new DrRealServer(stack, `web${n}`, host(`192.0.2.${20 + n}`)));
  const remote = several(2, (n) => new TunnelRealServer(stack, `remote${n}`, host(`198.51.100.${20 + n}`)));
  const apps = several(4, (n) => new NatRealServer(stack, `app${n}`, host(`10.1.0.${20 + n}`)));
  const old = new DrRealServer(stack, "web0", { ...host("192.0.2.20"), decommission: true });
  const healthCheck = HealthCheck.http({ path: "/health" });
  const sorryServer = { address: "192.0.2.99" };
  for (const n of several(7, (index) => index)) {
    const common = { director: edge, vip: `192.0.2.${100 + n}`, healthCheck, sorryServer };
    const members: Member[] = [...webs.map((server): Member => [server]), [old]];
    service(`site${n}-http`, { ...common, port: 80 }, members);
    service(`site${n}-https`, { ...common, port: 443, persistence: { timeoutSeconds: 300 } }, members);
  }
  for (const n of several(3, (index) => index)) {
    const members = [...webs.slice(0, 2), ...remote].map((server, index): Member => [server, { weight: 4 - index }]);
    service(`media${n}`, { director: edge, vip: "192.0.2.110", port: 8000 + n, scheduler: Scheduler.WRR }, members);
  }
  for (const n of several(8, (index) => index)) {
    const two = apps.slice(n % 2 === 0 ? 0 : 2, n % 2 === 0 ? 2 : 4);
    const props = { director: edge, vrrpInstance: tenants, vip: `192.0.2.${120 + n}`, port: 443 };
    const check = HealthCheck.ssl({ path: "/ready" });
    service(
      `tenant${n}`,
      { ...props, healthCheck: check, scheduler: n < 5 ? Scheduler.LC : Scheduler.SH },
      two.map((server): Member => [server, { port: 8443 }]),
    );
  }
}

/** Services behind: databases that others look after, mail, names. */
function addCore(stack: TerraformStack, service: AddService): void {
  const core = new HaPair(stack, "core", {
    primary: host("10.2.0.11"),
    secondary: host("10.2.0.12"),
    interface: "bond0",
    virtualRouterId: 61,
  });
  const data = new VrrpInstance(stack, "data", { pair: core, virtualRouterId: 62 });
  const names = new VrrpInstance(stack, "names", { pair: core, virtualRouterId: 63, preferred: "secondary" });
  new SyncGroup(stack, "mail-and-data", { instances: [core, data] });
  const mails = several(3, (n) => new DrRealServer(stack, `mail${n}`, host(`10.2.0.${20 + n}`)));
  const databases = several(3, (n) => new UnmanagedRealServer(stack, `db${n}`, { address: `10.2.0.${40 + n}` }));
  const caches = several(4, (n) => new UnmanagedRealServer(stack, `cache${n}`, { address: `10.2.0.${50 + n}` }));
  const resolvers = several(2, (n) => new DrRealServer(stack, `dns${n}`, host(`10.2.0.${60 + n}`)));
  const all = (servers: readonly IRealServer[], options?: RealServerOptions): Member[] =>
    servers.map((server): Member => (options === undefined ? [server] : [server, options]));
  for (const [id, port] of [
    ["smtp", 25],
    ["submission", 587],
    ["imap", 143],
    ["imaps", 993],
    ["pop3s", 995],
  ] as const) {
    const healthCheck = port === 25 || port === 587 ? HealthCheck.smtp() : HealthCheck.tcp();
    service(
      id,
      { director: core, vip: "10.2.0.100", port, healthCheck, persistence: { timeoutSeconds: 600 } },
      all(mails),
    );
  }
  const atData = { director: core, vrrpInstance: data };
  service("db-write", { ...atData, vip: "10.2.0.101", port: 5432 }, all(databases.slice(0, 1)));
  service("db-read", { ...atData, vip: "10.2.0.102", port: 5432, scheduler: Scheduler.LC }, all(databases));
  for (const n of several(6, (index) => index)) {
    const props = { ...atData, vip: "10.2.0.103", port: 11210 + n, scheduler: Scheduler.MH };
    service(`cache${n}-port`, props, all(caches));
  }
  for (const vip of ["10.2.0.104", "10.2.0.105"]) {
    const common = { director: core, vrrpInstance: names, vip, port: 53 };
    const id = `resolver-${vip.slice(-1)}`;
    service(
      `${id}-udp`,
      {
        ...common,
        protocol: Protocol.UDP,
        onePacketScheduling: true,
        scheduler: Scheduler.RR,
        healthCheck: HealthCheck.dns({ name: "example.com" }),
      },
      all(resolvers),
    );
    service(`${id}-tcp`, { ...common, scheduler: Scheduler.RR }, all(resolvers));
  }
}

/** A director with plain rules, for logs and time. */
function addPlain(stack: TerraformStack, service: AddService): void {
  const plain = new Director(stack, "plain", {
    ...host("10.3.0.11"),
    tableOwner: TableOwner.IPVSADM,
    vipInterface: "eth0",
  });
  const logs = several(2, (n) => new DrRealServer(stack, `log${n}`, host(`10.3.0.${20 + n}`)));
  for (const n of several(6, (index) => index)) {
    const props = { director: plain, vip: "10.3.0.100", port: 5140 + n, protocol: Protocol.UDP };
    service(
      `syslog${n}`,
      props,
      logs.map((server): Member => [server]),
    );
  }
  for (const n of several(2, (index) => index)) {
    service(
      `time${n}`,
      { director: plain, vip: `10.3.0.${100 + n}`, port: 123, protocol: Protocol.UDP, scheduler: Scheduler.SH },
      [
        ...logs.map((server): Member => [server]),
        [new UnmanagedRealServer(stack, `clock${n}`, { address: `10.3.0.${30 + n}` }), { weight: 3 }],
      ],
    );
  }
  new DrRealServer(stack, "spare", host("10.3.0.29"));
}
