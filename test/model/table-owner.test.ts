import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import type { RealServer } from "../../src/model/real-server";
import { TableOwner } from "../../src/model/table-owner";
import { realServersProblems, tableOwnerProblems } from "../../src/model/service-rules";
import { virtualService } from "../../src/model/virtual-service";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";

type Settings = DeepDeferrable<VirtualServiceSettings>;

const token = new Deferred("${x}");
const settings: Settings = { vip: "192.0.2.1", port: 80 };
const networks = { timeoutSeconds: 300, prefixLength: 24 };
const advice = "ipvsadm checks nothing, leave it out or let keepalived own the table";

const refusedSettings: [string, Partial<Settings>, string, string][] = [
  ["a health check", { healthCheck: HealthCheck.tcp() }, "healthCheck", "must be none under ipvsadm, got 'tcp'"],
  [
    "one of several health checks",
    { healthCheck: [HealthCheck.none(), HealthCheck.ping()] },
    "healthCheck[1]",
    "must be none under ipvsadm, got 'ping'",
  ],
  ["a delay loop", { delayLoopSeconds: 5 }, "delayLoopSeconds", "must not be set under ipvsadm, got 5"],
  [
    "a delay loop known only at apply",
    { delayLoopSeconds: token },
    "delayLoopSeconds",
    "must not be set under ipvsadm, got a value known only at apply",
  ],
  [
    "a sorry server",
    { sorryServer: { address: "10.0.0.99" } },
    "sorryServer",
    "must not be set under ipvsadm, got '10.0.0.99'",
  ],
  ["weight 0 on failure", { inhibitOnFailure: true }, "inhibitOnFailure", "must not be set under ipvsadm, got true"],
  ["pessimism", { alpha: true }, "alpha", "must not be set under ipvsadm, got true"],
  ["last words", { omega: true }, "omega", "must not be set under ipvsadm, got true"],
  [
    "checks on one director",
    { suspendChecksOnBackup: true },
    "suspendChecksOnBackup",
    "must not be set under ipvsadm, got true",
  ],
  ["mails", { smtpAlert: true }, "smtpAlert", "must not be set under ipvsadm, got true"],
  ["a quorum", { quorum: 1 }, "quorum", "must not be set under ipvsadm, got 1"],
  ["no hysteresis", { hysteresis: 0 }, "hysteresis", "must not be set under ipvsadm, got 0"],
  [
    "a script for the quorum",
    { notifyQuorum: { down: { text: "#!/bin/sh\n" } } },
    "notifyQuorum.down",
    "must not be set under ipvsadm, got a script",
  ],
  [
    "a program for real servers",
    { notifyRealServers: { up: "/bin/true" } },
    "notifyRealServers.up",
    "must not be set under ipvsadm, got '/bin/true'",
  ],
];

describe("the settings of a service", () => {
  test.each(refusedSettings)("may have %s under keepalived", (_title, props) => {
    expect(tableOwnerProblems({ ...settings, ...props }, TableOwner.KEEPALIVED)).toEqual([]);
  });

  test.each(refusedSettings)("may not have %s under ipvsadm", (_title, props, path, message) => {
    expect(tableOwnerProblems({ ...settings, ...props }, TableOwner.IPVSADM)).toEqual([
      { path, message: `${message}; ${advice}` },
    ]);
  });

  test.each([
    ["nothing to check with", {}],
    ["the wish for no check", { healthCheck: HealthCheck.none() }],
    ["an empty list of checks", { healthCheck: [] }],
    ["persistence", { persistence: { timeoutSeconds: 300 } }],
    ["nothing to run", { notifyQuorum: {}, notifyRealServers: {} }],
    ["flags that are off", { inhibitOnFailure: false, alpha: false, omega: false, smtpAlert: false }],
    ["persistence of networks for several VIPs", { additionalVips: ["192.0.2.2"], persistence: networks }],
  ])("may have %s under ipvsadm", (_title, props) => {
    expect(tableOwnerProblems({ ...settings, ...props }, TableOwner.IPVSADM)).toEqual([]);
  });

  test.each([
    ["for one VIP", { persistence: networks }],
    [
      "for a mark, which is one service",
      { firewallMark: { mark: 1 }, additionalVips: ["192.0.2.2"], persistence: networks },
    ],
  ])("may have persistence of networks %s under keepalived", (_title, props) => {
    expect(tableOwnerProblems({ ...settings, ...props }, TableOwner.KEEPALIVED)).toEqual([]);
  });

  test.each([
    ["several VIPs", ["192.0.2.2"]],
    ["one VIP in a group", []],
  ])("may not have persistence of networks for %s under keepalived", (_title, additionalVips) => {
    expect(tableOwnerProblems({ ...settings, additionalVips, persistence: networks }, TableOwner.KEEPALIVED)).toEqual([
      {
        path: "persistence.prefixLength",
        message: "must not be set with additionalVips under keepalived, got 24; make a service for each VIP instead",
      },
    ]);
  });
});

describe("the real servers of a service under ipvsadm", () => {
  const web: RealServer = {
    address: "10.0.0.11",
    port: 80,
    weight: 1,
    forwardingMethod: ForwardingMethod.DR,
    healthCheck: HealthCheck.none(),
  };
  const service = virtualService(settings, TableOwner.IPVSADM);

  test.each([
    ["be unchecked", {}],
    ["all drain", { weight: 0 }],
    ["be told to go when they fail", { inhibitOnFailure: false }],
  ])("may %s", (_title, props) => {
    expect(realServersProblems({ ...service, realServers: [{ ...web, ...props }] }, TableOwner.IPVSADM)).toEqual([]);
  });

  test("may not have a maintenance switch", () => {
    const switched = { ...web, maintenanceSwitch: "web1" };
    expect(realServersProblems({ ...service, realServers: [switched] }, TableOwner.IPVSADM)).toEqual([
      {
        path: "realServers[0].maintenanceSwitch",
        message: `must not be set under ipvsadm, got 'web1'; ${advice}`,
      },
    ]);
  });

  test("may not stay when they fail", () => {
    const staying = { ...web, inhibitOnFailure: true };
    expect(realServersProblems({ ...service, realServers: [staying] }, TableOwner.IPVSADM)).toEqual([
      { path: "realServers[0].inhibitOnFailure", message: `must not be set under ipvsadm, got true; ${advice}` },
    ]);
  });

  test("may not have programs", () => {
    const loud = { ...web, notify: { down: token } };
    expect(realServersProblems({ ...service, realServers: [loud] }, TableOwner.IPVSADM)).toEqual([
      {
        path: "realServers[0].notify.down",
        message: `must not be set under ipvsadm, got a value known only at apply; ${advice}`,
      },
    ]);
  });

  test("may not be checked", () => {
    const checked = { ...web, address: "10.0.0.12", healthCheck: HealthCheck.http({ path: "/" }) };
    expect(realServersProblems({ ...service, realServers: [web, checked] }, TableOwner.IPVSADM)).toEqual([
      { path: "realServers[1].healthCheck", message: `must be none under ipvsadm, got 'http'; ${advice}` },
    ]);
  });
});
