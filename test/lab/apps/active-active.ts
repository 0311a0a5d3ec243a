// Three directors with a firewall and five VRRP instances: `lb` and `inside` fail over as one, `api` is at home elsewhere
// and moves its VIPs, which are on another interface than its adverts, with the command line of a cloud that is not
// there, `guests` speaks multicast with AH from a virtual MAC, `six` speaks IPv6. MORE_VIPS=1 adds a VIP to `api`.
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  AuthenticationType,
  DrRealServer,
  HaPair,
  HealthCheck,
  SyncGroup,
  VirtualService,
  VrrpInstance,
} from "cdktf-lvs";
import { host } from "./lab-host";

const app = new App();
const stack = new TerraformStack(app, "active-active");

const script = (...lines: readonly string[]) => ({ text: ["#!/bin/sh", ...lines, ""].join("\n") });
const fast = { version: 3, advertIntervalSeconds: 0.5 } as const;
const onInside = {
  interface: "eth1",
  directorAddresses: [11, 12, 13].map((number) => `198.51.100.${number}`),
};

const lb = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  furtherBackups: [host("192.0.2.13")],
  interface: "eth0",
  virtualRouterId: 51,
  ...fast,
  keepalivedVersion: "2.2.7",
  firewall: {},
  notify: { any: script('echo "$*" >>/run/notify.log') },
  extraFiles: [{ path: "/usr/local/bin/aws", mode: "755", text: '#!/bin/sh\necho "$*" >>/run/aws.log\n' }],
});

const inside = new VrrpInstance(stack, "inside", {
  pair: lb,
  virtualRouterId: 52,
  ...onInside,
  vips: ["198.51.100.254"],
  virtualRoutes: [{ to: "203.0.113.0/24", via: "198.51.100.1", device: "eth1", table: 200 }],
  virtualRules: [{ preference: 200, from: "198.51.100.254", table: 200 }],
  ...fast,
});

new SyncGroup(stack, "together", {
  instances: [lb, inside],
  trackFiles: [{ file: { name: "preference", path: "/run/preference", initialValue: 0 } }],
  trackBfd: true,
  notify: { any: script('echo "$*" >>/run/notify.log') },
});

const api = new VrrpInstance(stack, "api", {
  pair: lb,
  virtualRouterId: 53,
  preferred: "secondary",
  ...onInside,
  vipInterface: "eth0",
  version: 3,
  advertIntervalSeconds: 0.3,
  trackScripts: [
    { name: "fit", script: script("test ! -e /run/unfit"), intervalSeconds: 1, timeoutSeconds: 5, fall: 1, rise: 1 },
  ],
  cloud: {
    moveAddress: script(
      'exec aws ec2 assign-private-ip-addresses --allow-reassignment --network-interface-id "eni-$(uname -n)" --private-ip-addresses "$@"',
    ),
  },
});

new VrrpInstance(stack, "guests", {
  pair: lb,
  virtualRouterId: 54,
  preferred: "furtherBackups[0]",
  ...onInside,
  vips: ["198.51.100.253"],
  multicast: true,
  multicastGroup: "224.0.0.99",
  authentication: new TerraformVariable(stack, "vrrp_password", { type: "string", sensitive: true }),
  authenticationType: AuthenticationType.AH,
  virtualMac: {},
});

new VrrpInstance(stack, "six", {
  pair: lb,
  virtualRouterId: 55,
  preferred: "secondary",
  interface: "eth0",
  directorAddresses: [11, 12, 13].map((number) => `2001:db8:2::${number}`),
  vips: ["2001:db8:2::200"],
  trackInterfaces: ["eth1"],
  advertIntervalSeconds: 0.5,
});

const servers = [21, 22].map(
  (number) => new DrRealServer(stack, `web${number - 20}`, { ...host(`192.0.2.${number}`) }),
);
const more = process.env["MORE_VIPS"] === "1" ? { additionalVips: ["192.0.2.102"] } : {};
for (const [id, settings] of [
  ["web", { vip: "192.0.2.100" }],
  ["calls", { vip: "192.0.2.101", ...more, vrrpInstance: api }],
] as const) {
  const service = new VirtualService(stack, id, {
    director: lb,
    port: 80,
    healthCheck: HealthCheck.http({ path: "/health" }),
    delayLoopSeconds: 2,
    ...settings,
  });
  const echo = new VirtualService(stack, `${id}-echo`, {
    director: lb,
    port: 7,
    healthCheck: HealthCheck.none(),
    ...settings,
  });
  for (const server of servers) [service, echo].forEach((one) => one.addRealServer(server));
}

app.synth();
