// Every kind of service on a pair whose directors serve as well, in front of three DR real servers.
import { App, TerraformStack } from "cdktf";
import {
  DrRealServer,
  HaPair,
  HealthCheck,
  LocalRealServer,
  Protocol,
  Scheduler,
  VirtualService,
  type RealServerOptions,
  type VirtualServiceProps,
} from "cdktf-lvs";
import { host } from "./lab-host";

const app = new App();
const stack = new TerraformStack(app, "services");

const director = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
  preemptDelaySeconds: 0,
  mail: { to: ["lvs@example.org"], from: "lb@example.org", server: "192.0.2.30", vrrpAlerts: true },
});

const [web1, web2, web3] = [21, 22, 23].map(
  (number) =>
    new DrRealServer(stack, `web${number}`, { ...host(`192.0.2.${number}`), ipv6Address: `2001:db8:2::${number}` }),
) as [DrRealServer, DrRealServer, DrRealServer];

function service(id: string, settings: Omit<VirtualServiceProps, "director">): VirtualService {
  const healthCheck = HealthCheck.http({ path: "/health", retries: 0, connectTimeoutSeconds: 5 });
  const defaults = { scheduler: Scheduler.RR, delayLoopSeconds: 1, ...(settings.port === 80 && { healthCheck }) };
  return new VirtualService(stack, id, { director, ...defaults, ...settings });
}

function behind(one: VirtualService, first: RealServerOptions = {}, second: RealServerOptions = {}): void {
  one.addRealServer(web1, first).addRealServer(web2, second);
}

behind(service("weights", { vip: "192.0.2.101", port: 80, scheduler: Scheduler.WRR }), { weight: 3 });
behind(service("weights6", { vip: "2001:db8:2::101", port: 80 }));
behind(service("persistent", { vip: "192.0.2.102", port: 80, persistence: { timeoutSeconds: 300 } }));
behind(service("udp", { vip: "192.0.2.103", port: 5000, protocol: Protocol.UDP }));
behind(service("ops", { vip: "192.0.2.104", port: 5000, protocol: Protocol.UDP, onePacketScheduling: true }));
behind(service("thresholds", { vip: "192.0.2.105", port: 80, scheduler: Scheduler.FO }), {
  weight: 2,
  upperThreshold: 2,
  lowerThreshold: 1,
});
const heard = { text: `#!/bin/sh\necho "$*" >>/run/heard\n` };
const ownHeard = { text: `#!/bin/sh\necho "web1: $*" >>/run/heard\n` };
const quorum = service("quorum", {
  vip: "192.0.2.106",
  port: 80,
  quorum: 2,
  smtpAlert: true,
  sorryServer: { server: web3 },
  notifyQuorum: { up: heard, down: heard },
  notifyRealServers: { up: heard, down: heard },
});
behind(quorum, { notify: { down: ownHeard } });
behind(service("group", { vip: "192.0.2.107", additionalVips: ["192.0.2.108"], port: 80 }));
behind(service("all", { vip: "192.0.2.109", allPorts: true, persistence: { timeoutSeconds: 60 } }));
behind(service("sctp", { vip: "192.0.2.110", port: 5000, protocol: Protocol.SCTP }));

behind(service("suspended", { vip: "192.0.2.112", port: 80, suspendChecksOnBackup: true }));
const started = { text: `#!/bin/sh\necho "$*" >>/run/started\n` };
service("alpha", { vip: "192.0.2.113", port: 80, alpha: true, notifyRealServers: { up: started, down: started } })
  .addRealServer(web1)
  .addRealServer(web3);

const local = service("local", { vip: "192.0.2.111", port: 80 });
local.addRealServer(new LocalRealServer(stack, "lb1", { director }));
local.addRealServer(new LocalRealServer(stack, "lb2", { director, hostIndex: 1 }));

app.synth();
