import { TableOwner } from "../../src/model/table-owner";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { keepalivedVerdict } from "../support/keepalived";
import { kind, KINDS, problemsOf, serviceOf, tunneled, type Kind } from "../support/kinds";
import { directorConfig } from "../support/models";
import { CLEAN, describeWithOracles } from "../support/oracles";

const kinds = Object.values(KINDS)
  .flat()
  .map((one): [string, Kind] => [one.title, one]);

function verdictOn(...services: Kind[]): ReturnType<typeof keepalivedVerdict> {
  const models = services.map((one) => serviceOf(one, TableOwner.KEEPALIVED));
  return keepalivedVerdict(keepalivedConf(directorConfig({ services: models })));
}

test.each(kinds)("the rules have nothing against %s", (_title, one) => {
  expect(Object.values(TableOwner).flatMap((owner) => problemsOf(one, owner))).toEqual([]);
});

/** What keepalived repairs with a complaint, and what the rules say of it. */
const repaired: [string, Kind, string, string][] = [
  [
    "single packets of TCP",
    kind("", { onePacketScheduling: true }),
    "one packet scheduling requires UDP - resetting",
    "onePacketScheduling",
  ],
  [
    "checks of a mark on one director",
    kind("", { firewallMark: { mark: 20 }, suspendChecksOnBackup: true }),
    "cannot use ha_suspend with fwmarks - clearing ha_suspend",
    "suspendChecksOnBackup",
  ],
  ["a quorum that is never met", kind("", { quorum: 2 }), "exceeds total weight of real servers 1", "quorum"],
  ["a hysteresis of the whole quorum", kind("", { hysteresis: 1 }), "hysteresis 1 >= quorum 1", "hysteresis"],
  ["a drained service", kind("", {}, [{ weight: 0 }]), "exceeds total weight of real servers 0", "realServers"],
  [
    "all ports without persistence",
    kind("", { allPorts: true }),
    "zero port only valid for persistent services - setting",
    "allPorts",
  ],
  [
    "another port under direct routing",
    kind("", {}, [{ port: 81 }]),
    "ports don't match - resetting",
    "realServers[0].port",
  ],
  [
    "another port through a tunnel",
    kind("", {}, [{ ...tunneled(), port: 81 }]),
    "ports don't match - resetting",
    "realServers[0].port",
  ],
  [
    "another port of a group",
    kind("", { additionalVips: [] }, [{ port: 81 }]),
    "ports don't match",
    "realServers[0].port",
  ],
  [
    "a port for marked packets",
    kind("", { firewallMark: { mark: 20 } }, [{ port: 80 }]),
    "has port specified - clearing",
    "realServers[0].port",
  ],
  [
    "a sorry server's port for marked packets",
    kind("", { firewallMark: { mark: 20 }, sorryServer: { address: "10.0.0.99", port: 80 } }),
    "sorry server has port specified - clearing",
    "sorryServer.port",
  ],
  [
    "a real server of the other family",
    kind("", {}, [{}, { address: "2001:db8::21" }]),
    "don't match - skipping real server",
    "realServers[1].address",
  ],
  [
    "one real server twice",
    kind("", {}, [{}, { address: "10.0.0.21" }]),
    "is duplicated - removing second rs",
    "realServers[1]",
  ],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(kinds)("takes %s in silence", (_title, one) => {
    expect(verdictOn(one)).toEqual(CLEAN);
  });

  test.each(repaired)("complains of %s, and so do the rules", (_title, service, complaint, path) => {
    const { status, output } = verdictOn(service);
    expect([status, output]).toEqual([5, expect.stringContaining(complaint)]);
    expect(problemsOf(service, TableOwner.KEEPALIVED).map((problem) => problem.path)).toEqual([path]);
  });

  test("takes all of them on one director in silence", () => {
    expect(verdictOn(...kinds.map(([, one]) => one))).toEqual(CLEAN);
  });
});
