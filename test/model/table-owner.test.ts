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
  ])("may have %s under ipvsadm", (_title, props) => {
    expect(tableOwnerProblems({ ...settings, ...props }, TableOwner.IPVSADM)).toEqual([]);
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

  test("may not be checked", () => {
    const checked = { ...web, address: "10.0.0.12", healthCheck: HealthCheck.http({ path: "/" }) };
    expect(realServersProblems({ ...service, realServers: [web, checked] }, TableOwner.IPVSADM)).toEqual([
      { path: "realServers[1].healthCheck", message: `must be none under ipvsadm, got 'http'; ${advice}` },
    ]);
  });
});
