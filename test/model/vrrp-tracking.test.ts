import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import {
  alsoTracking,
  mayMovePriority,
  trackedItems,
  trackingProblems,
  type TrackingSettings,
} from "../../src/model/vrrp-tracking";

type Tracking = DeepDeferrable<TrackingSettings>;

const token = new Deferred("${x}");

describe("interfaces", () => {
  test.each<[string, Tracking, string | Deferred | undefined]>([
    ["none", { trackInterfaces: [] }, "eth0"],
    ["another interface", { trackInterfaces: ["eth1", "bond0.100"] }, "eth0"],
    ["an interface known only at apply", { trackInterfaces: [token] }, "eth0"],
    ["two interfaces known only at apply", { trackInterfaces: [token, new Deferred("${y}")] }, "eth0"],
    ["the loopback interface", { trackInterfaces: ["lo"] }, "eth0"],
    ["one that an own interface known only at apply may be", { trackInterfaces: ["eth1"] }, token],
    ["the least weight", { trackInterfaces: [{ interface: "eth1", weight: -253 }] }, "eth0"],
    ["the greatest weight, reversed", { trackInterfaces: [{ interface: "eth1", weight: 253, reverse: true }] }, "eth0"],
    ["a weight known only at apply", { trackInterfaces: [{ interface: token, weight: token }] }, "eth0"],
    ["any interface of a sync group", { trackInterfaces: ["eth0"] }, undefined],
  ])("accepts %s", (_title, tracking, own) => {
    expect(trackingProblems(tracking, own)).toEqual([]);
  });

  const lengthRule = "must be an interface name of 1 to 15 bytes";
  const ownRule = "the instance's own is always tracked";
  test.each<[string, Tracking, string | Deferred, string, string]>([
    ["one without name", { trackInterfaces: ["eth1", ""] }, "eth0", "trackInterfaces[1]", `${lengthRule}, got ''`],
    [
      "a weighted one without name",
      { trackInterfaces: [{ interface: "", weight: 1 }] },
      "eth0",
      "trackInterfaces[0]",
      `${lengthRule}, got ''`,
    ],
    [
      "a weight of 254",
      { trackInterfaces: [{ interface: "eth1", weight: 254 }] },
      "eth0",
      "trackInterfaces[0].weight",
      "must be an integer from -253 to 253, got 254",
    ],
    [
      "a weight of -254",
      { trackInterfaces: [{ interface: "eth1", weight: -254 }] },
      "eth0",
      "trackInterfaces[0].weight",
      "must be an integer from -253 to 253, got -254",
    ],
    [
      "the instance's own",
      { trackInterfaces: ["eth1", { interface: "eth0", weight: 1 }] },
      "eth0",
      "trackInterfaces[1]",
      `must be another interface, got 'eth0'; ${ownRule}`,
    ],
    [
      "the instance's own when it is known only at apply",
      { trackInterfaces: [token] },
      token,
      "trackInterfaces[0]",
      `must be another interface, got a value known only at apply; ${ownRule}`,
    ],
    [
      "one twice",
      { trackInterfaces: ["eth1", "eth2", { interface: "eth1" }] },
      "eth0",
      "trackInterfaces[2]",
      "must be tracked once, got 'eth1' again; it is trackInterfaces[0] already",
    ],
    [
      "one known only at apply twice",
      { trackInterfaces: [token, token] },
      "eth0",
      "trackInterfaces[1]",
      "must be tracked once, got a value known only at apply again; it is trackInterfaces[0] already",
    ],
  ])("refuses %s", (_title, tracking, own, path, message) => {
    expect(trackingProblems(tracking, own)).toEqual([{ path, message }]);
  });

  test("every hit of the own interface is told", () => {
    expect(trackingProblems({ trackInterfaces: ["eth0", "eth1", "eth0"] }, "eth0")).toEqual([
      { path: "trackInterfaces[0]", message: `must be another interface, got 'eth0'; ${ownRule}` },
      { path: "trackInterfaces[2]", message: `must be another interface, got 'eth0'; ${ownRule}` },
      {
        path: "trackInterfaces[2]",
        message: "must be tracked once, got 'eth0' again; it is trackInterfaces[0] already",
      },
    ]);
  });
});

describe("scripts, processes, files and sessions", () => {
  const script = { name: "web", script: { text: "#!/bin/sh\n" } };
  const process = { name: "proxy", process: "haproxy" };
  const file = { file: { name: "load", path: "/run/load" } };

  test.each<[string, Tracking]>([
    ["one of each", { trackScripts: [script], trackProcesses: [process], trackFiles: [file], trackBfd: ["router"] }],
    [
      "one name for each",
      {
        trackInterfaces: ["web"],
        trackScripts: [script],
        trackProcesses: [{ ...process, name: "web" }],
        trackFiles: [{ file: { ...file.file, name: "web" } }],
        trackBfd: ["web"],
      },
    ],
    ["the least weights", { trackScripts: [{ ...script, weight: -253 }], trackFiles: [{ ...file, weight: -253 }] }],
    [
      "the most weights",
      { trackProcesses: [{ ...process, weight: 253 }], trackBfd: [{ name: "router", weight: 253 }] },
    ],
    ["the sessions between the directors", { trackBfd: true }],
  ])("accepts %s", (_title, tracking) => {
    expect(trackingProblems(tracking, "eth0")).toEqual([]);
  });

  const range = "must be an integer from -253 to 253";
  test.each<[string, Tracking, string, string]>([
    [
      "a weight of a script",
      { trackScripts: [{ ...script, weight: 254 }] },
      "trackScripts[0].weight",
      `${range}, got 254`,
    ],
    [
      "a weight of a process",
      { trackProcesses: [{ ...process, weight: -254 }] },
      "trackProcesses[0].weight",
      `${range}, got -254`,
    ],
    ["a weight of a file", { trackFiles: [{ ...file, weight: 0.5 }] }, "trackFiles[0].weight", `${range}, got 0.5`],
    [
      "a weight of a session",
      { trackBfd: ["a", { name: "b", weight: 254 }] },
      "trackBfd[1].weight",
      `${range}, got 254`,
    ],
    [
      "a script twice",
      { trackScripts: [script, { ...script, weight: 1 }] },
      "trackScripts[1]",
      "must be tracked once, got 'web' again; it is trackScripts[0] already",
    ],
    [
      "a session twice",
      { trackBfd: ["router", { name: "router" }] },
      "trackBfd[1]",
      "must be tracked once, got 'router' again; it is trackBfd[0] already",
    ],
    [
      "a script without a name",
      { trackScripts: [{ ...script, name: "" }] },
      "trackScripts[0].name",
      "must be 1 to 64 letters, digits, '.', '_' and '-', without '.' or '-' at its start, got ''",
    ],
    [
      "a process without a name",
      { trackProcesses: [{ ...process, process: "" }] },
      "trackProcesses[0].process",
      "must not be empty, got ''; leave it out instead",
    ],
    [
      "a file without a path",
      { trackFiles: [{ file: { name: "load", path: "load" } }] },
      "trackFiles[0].file.path",
      "must be an absolute path, got 'load'",
    ],
  ])("refuses %s", (_title, tracking, path, message) => {
    expect(trackingProblems(tracking, "eth0")).toEqual([{ path, message }]);
  });

  test.each<[string, Tracking, boolean]>([
    ["nothing", {}, false],
    ["plain interfaces", { trackInterfaces: ["eth1"] }, false],
    ["weighted interfaces", { trackInterfaces: [{ interface: "eth1", weight: 1 }] }, true],
    ["scripts", { trackScripts: [script] }, true],
    ["processes", { trackProcesses: [process] }, true],
    ["files", { trackFiles: [file] }, true],
    ["sessions", { trackBfd: ["router"] }, true],
    ["sessions between the directors", { trackBfd: true }, true],
  ])("may move the VIPs while all interfaces are up: %s", (_title, tracking, moves) => {
    expect(mayMovePriority(tracking)).toBe(moves);
  });

  test("files have another default weight than all else", () => {
    const tracking = { trackScripts: [script], trackFiles: [file], trackBfd: true as const };
    expect(trackedItems(tracking).map(({ path, weight }) => [path, weight])).toEqual([
      ["trackScripts[0]", 0],
      ["trackFiles[0]", 1],
      ["trackBfd", 10],
    ]);
  });
});

test("one more interface is tracked, and no interface twice", () => {
  expect(alsoTracking({}, "eth1")).toEqual({ trackInterfaces: ["eth1"] });
  const tracking = { trackInterfaces: ["eth2", { interface: "eth1", weight: -1 }] };
  expect(alsoTracking(tracking, "eth1")).toEqual(tracking);
  expect(alsoTracking(tracking, "eth3").trackInterfaces).toEqual([...tracking.trackInterfaces, "eth3"]);
});

test("everything that is tracked has a weight, 0 if none is given", () => {
  const tracking = { trackInterfaces: ["eth1", { interface: "eth2", weight: -20, reverse: true }] };
  expect(trackedItems(tracking)).toEqual([
    { path: "trackInterfaces[0]", name: "eth1", key: "trackInterfaces eth1", weight: 0, reverse: false },
    { path: "trackInterfaces[1]", name: "eth2", key: "trackInterfaces eth2", weight: -20, reverse: true },
  ]);
});
