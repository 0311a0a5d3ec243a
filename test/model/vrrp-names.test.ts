import type { InstanceDefinition } from "../../src/model/vrrp-instance";
import type { VrrpDefinition } from "../../src/model/vrrp-group";
import { vrrpNamesProblems, vrrpResourceUses } from "../../src/model/vrrp-names";
import { withInstanceScriptNames, withScriptNames } from "../../src/model/vrrp-script-names";
import type { SyncGroupDefinition } from "../../src/model/vrrp-sync-group";

const text = "#!/bin/sh\n";
const file = { name: "maintenance-file", path: "/run/maintenance" };

function instance(name: string, settings: Partial<InstanceDefinition["settings"]>): InstanceDefinition {
  const all = withInstanceScriptNames({ interface: "eth0", virtualRouterId: 51, ...settings }, name);
  return { name, settings: all, directors: [], vips: [] };
}

function definition(
  instances: readonly InstanceDefinition[],
  groups: SyncGroupDefinition["settings"][] = [],
  settings: VrrpDefinition["settings"] = {},
): VrrpDefinition {
  const named = groups.map((group, index) => ({
    name: `group${index}`,
    settings: withScriptNames(group, `group${index}`),
    instances: [],
  }));
  return { directors: [], instances, groups: named, settings };
}

test("every script has a name: of its event, or of what it tracks", () => {
  const notify = { master: { text }, any: { text, name: "own" }, fault: "/usr/bin/true" };
  const settings = { notify, trackScripts: [{ name: "web", script: { text } }], cloud: { moveAddress: { text } } };
  expect(instance("lb", settings).settings).toEqual({
    interface: "eth0",
    virtualRouterId: 51,
    notify: { master: { text, name: "lb-master" }, any: { text, name: "own" }, fault: "/usr/bin/true" },
    trackScripts: [{ name: "web", script: { text, name: "track-web" } }],
    cloud: { moveAddress: { text, name: "lb-move-address" } },
  });
  expect(withScriptNames({}, "group")).toEqual({});
});

test("names of scripts and files, and what they stand for", () => {
  const lb = instance("lb", {
    trackScripts: [
      { name: "web", script: { text } },
      { name: "host", script: "/usr/bin/true" },
    ],
    notify: { any: { text } },
    cloud: { moveAddress: { text } },
    trackFiles: [{ file }],
  });
  const pair = { notifyFifo: { path: "/run/fifo", script: { name: "reader", text } } };
  expect(vrrpResourceUses(definition([lb], [{ notify: { stop: { text } } }], pair))).toEqual({
    scripts: [
      { path: "VRRP instance 'lb' trackScripts[0]", name: "track-web", meaning: text },
      { path: "VRRP instance 'lb' notify.any", name: "lb-any", meaning: text },
      { path: "sync group 'group0' notify.stop", name: "group0-stop", meaning: text },
      { path: "VRRP instance 'lb' cloud", name: "lb-move-address", meaning: text },
      { path: "notifyFifo.script", name: "reader", meaning: text },
    ],
    trackFiles: [
      { path: "VRRP instance 'lb' trackFiles[0]", name: "maintenance-file", meaning: "/run/maintenance\n\nfalse" },
    ],
  });
});

test("one thing may be tracked in several places, with weights of its own there", () => {
  const tracked = { name: "web", script: { text }, fall: 2 };
  const process = { name: "proxy", process: "haproxy" };
  const lb = instance("lb", { trackScripts: [{ ...tracked, weight: -20 }], trackProcesses: [process] });
  const api = instance("api", { trackScripts: [{ ...tracked, reverse: true }], trackProcesses: [process] });
  expect(vrrpNamesProblems(definition([lb, api], [{ trackScripts: [tracked] }]))).toEqual([]);
});

test("one name for two things is refused", () => {
  const lb = instance("lb", {
    trackScripts: [{ name: "web", script: { text } }],
    trackProcesses: [{ name: "proxy", process: "haproxy" }],
  });
  const api = instance("api", { trackScripts: [{ name: "web", script: { text }, fall: 2 }] });
  const group = { trackProcesses: [{ name: "proxy", process: "nginx" }] };
  expect(vrrpNamesProblems(definition([lb, api], [group]))).toEqual([
    {
      path: "VRRP instance 'api' trackScripts[0]",
      message:
        "must be the name of one tracked script, got 'web' for a second one; VRRP instance 'lb' trackScripts[0] has it already",
    },
    {
      path: "sync group 'group0' trackProcesses[0]",
      message:
        "must be the name of one tracked process, got 'proxy' for a second one; VRRP instance 'lb' trackProcesses[0] has it already",
    },
  ]);
});
