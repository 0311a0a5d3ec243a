import { applyScript } from "../../src/provisioners/apply-script";
import { directorPlan } from "../../src/provisioners/director-plan";
import { hostProgram } from "../../src/provisioners/host-program";
import { drRealServerPart } from "../../src/provisioners/parts/dr-real-server";
import { realServerPlan } from "../../src/provisioners/real-server-plan";
import { removeScript } from "../../src/provisioners/remove-script";
import { PREPARE_SCRIPT, sessionScript } from "../../src/provisioners/terraform/session-script";
import { TableOwner } from "../../src/model/table-owner";
import { directorConfig, service, vrrpConfig } from "../support/models";
import { CLEAN, describeWithOracles, judge } from "../support/oracles";

const host = { host: "stack/lb (10.0.0.11)", address: "10.0.0.11" };
const services = [service()];

const syncDaemon = { instance: "lb", interface: "eth0", syncId: 51, settings: {} };
const settings = { timeouts: { tcpSeconds: 5 }, connectionTableBits: 15 };

const primary = directorConfig({ vrrp: vrrpConfig(), services, syncDaemon, settings });
const plain = directorConfig({ tableOwner: TableOwner.IPVSADM, vipInterface: "eth0", services });

const applyPair = applyScript(directorPlan(host, primary));
const applyPlain = applyScript(directorPlan(host, plain));
const applyRealServer = applyScript(realServerPlan(host, [drRealServerPart(["10.0.0.100"])]));
const sudoPassword = "c2VjcmV0Cg==";

const scripts: [string, string][] = [
  ["the host program", hostProgram()],
  ["apply for a director of a pair", applyPair],
  ["apply for a director with plain rules", applyPlain],
  ["apply for a real server", applyRealServer],
  ["apply for nothing but a host", applyScript(realServerPlan(host, [drRealServerPart([])]))],
  ["remove for a director", removeScript("director")],
  ["remove for a real server", removeScript("real-server")],
  ["prepare", PREPARE_SCRIPT],
  ["a session of root", sessionScript(applyPair, { root: true })],
  ["a session by sudo", sessionScript(applyPlain, { root: false })],
  ["a session by sudo with a password", sessionScript(applyRealServer, { root: false, sudoPassword })],
  ["the last session of root", sessionScript(removeScript("director"), { root: true, last: true })],
  ["the last session by sudo", sessionScript(removeScript("director"), { root: false, last: true })],
];

describeWithOracles("dash", ["dash"], () => {
  test.each(scripts)("reads %s", (_title, script) => {
    expect(judge("dash", ["-n"], script)).toEqual(CLEAN);
  });

  test("is a judge that refuses", () => {
    expect(judge("dash", ["-n"], "x=(1 2)").status).toBe(2);
  });
});

describeWithOracles("busybox sh", ["busybox sh"], () => {
  test.each(scripts)("reads %s", (_title, script) => {
    expect(judge("busybox", ["sh", "-n"], script)).toEqual(CLEAN);
  });

  test("is a judge that refuses", () => {
    expect(judge("busybox", ["sh", "-n"], "x=(1 2)").status).toBe(2);
  });
});

describeWithOracles("shellcheck", ["shellcheck"], () => {
  // SC2317: functions that are handed over by name seem never to be called.
  const ARGUMENTS = ["--shell=sh", "--exclude=SC2317", "--format=gcc", "-"];

  test.each(scripts)("has nothing to say about %s", (_title, script) => {
    expect(judge("shellcheck", ARGUMENTS, script)).toEqual(CLEAN);
  });

  test("is a judge that refuses", () => {
    expect(judge("shellcheck", ARGUMENTS, "local x=1\nrm $x\n").output).toContain("SC3043");
  });
});
