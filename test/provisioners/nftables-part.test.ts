import { directorTraffic } from "../../src/model/director-traffic";
import { TableOwner } from "../../src/model/table-owner";
import { directorPlan } from "../../src/provisioners/director-plan";
import { planText } from "../../src/provisioners/host-plan";
import { nftablesPart } from "../../src/provisioners/parts/nftables";
import { nftablesConf } from "../../src/render/nftables-conf";
import { nftablesDropIn, nftablesUnit } from "../../src/render/nftables-unit";
import { directorConfig, service, vrrpConfig } from "../support/models";

const host = { host: "stack/lb (10.0.0.11)", address: "10.0.0.11" };
const conf = "/etc/cdktf-lvs/nftables.conf";

test("a director that marks and drops nothing has no table", () => {
  const services = [service(), service({ port: 443, firewallMark: { mark: 5 } })];
  expect(nftablesPart(directorConfig({ services, vrrp: vrrpConfig() }))).toEqual({});
});

test.each([
  ["marks", directorConfig({ services: [service({ firewallMark: { mark: 1, ports: [80] } })] })],
  ["a firewall", directorConfig({ settings: { firewall: {} }, vrrp: vrrpConfig() })],
  ["clients", directorConfig({ services: [service({ allowedClients: ["10.8.0.0/16"] })] })],
])("%s make a table: the package, the file for root alone, and the units", (_title, config) => {
  const part = nftablesPart(config);
  expect(part.packages).toEqual([{ name: "nftables", command: "nft" }]);
  expect(part.files).toEqual([
    { path: conf, mode: "600", text: expect.stringContaining("table inet cdktf_lvs") as string },
    { path: "/etc/systemd/system/cdktf-lvs-nftables.service", mode: "644", text: nftablesUnit(conf) },
    { path: "/etc/systemd/system/nftables.service.d/cdktf-lvs.conf", mode: "644", text: nftablesDropIn(conf) },
  ]);
  expect(part.units).toEqual(["cdktf-lvs-nftables.service"]);
});

test("the text holds the marks and the firewall", () => {
  const web = service({ firewallMark: { mark: 1, ports: [80] } });
  const config = directorConfig({ services: [web], settings: { firewall: {} }, vrrp: vrrpConfig() });
  const packets = { family: "IPv4", vips: ["10.0.0.100"], protocol: web.protocol, ports: [80] } as const;
  const directors = directorTraffic(config);
  expect(nftablesPart(config).files?.[0]?.text).toBe(
    nftablesConf({ marks: [{ ...packets, mark: 1 }], firewall: { directors, limits: [] } }),
  );
});

test.each([
  [TableOwner.KEEPALIVED, "keepalived.service"],
  [TableOwner.IPVSADM, "cdktf-lvs-ipvsadm.service"],
])("the table is there before the services of %s", (tableOwner, unit) => {
  const services = [service({ firewallMark: { mark: 1, ports: [80] } })];
  const { units } = directorPlan(host, directorConfig({ services, tableOwner }));
  expect(units).toEqual(["cdktf-lvs-nftables.service", unit]);
});

test("the host is told where nobody may log in, and where synchronisation must come from", () => {
  const services = [service({ port: 22, allowedClients: ["10.8.0.0/16"] }), service()];
  const syncDaemon = { interface: "eth0", syncId: 51, settings: {} };
  const vrrp = vrrpConfig();
  const closed = [{ address: "10.0.0.100", ports: "22" }];
  const limited = directorPlan(host, directorConfig({ services, vrrp, syncDaemon }));
  expect(limited.firewall).toEqual({ closed });
  const guarded = directorPlan(host, directorConfig({ services, vrrp, syncDaemon, settings: { firewall: {} } }));
  expect(guarded.firewall).toEqual({ closed, syncSource: { address: "10.0.0.11", device: "eth0" } });
  expect(planText(guarded)).toContain("\nclosed 10.0.0.100 22\nsync_source 10.0.0.11 eth0\n");
  expect(directorPlan(host, directorConfig({ services: [service()] })).firewall).toBeUndefined();
});
