import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { alsoTracking, trackedItems, trackingProblems, type TrackingSettings } from "../../src/model/vrrp-tracking";

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
