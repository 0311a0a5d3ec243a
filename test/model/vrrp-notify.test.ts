import { cloudProblems } from "../../src/model/cloud";
import { Deferred } from "../../src/model/deferred";
import { notifyProblems, notifyPrograms, type Notify } from "../../src/model/vrrp-notify";

const script = { text: "#!/bin/sh\n" };
const every: Notify = {
  any: script,
  master: script,
  backup: "/usr/bin/true",
  fault: new Deferred("${x}"),
  stop: script,
  deleted: script,
  masterReceivesLowerPriority: script,
};

test("nothing is run on nothing", () => {
  expect(notifyPrograms()).toEqual([]);
  expect(notifyPrograms({})).toEqual([]);
  expect(notifyProblems("notify", undefined)).toEqual([]);
});

test("the program of any event comes last, as keepalived runs it", () => {
  expect(notifyPrograms(every).map(({ event }) => event)).toEqual([
    ...["master", "backup", "fault", "stop", "deleted", "masterReceivesLowerPriority", "any"],
  ]);
  expect(notifyProblems("notify", every)).toEqual([]);
});

test.each(["any", "master", "backup", "fault", "stop", "deleted", "masterReceivesLowerPriority"])(
  "refuses what is no program of event %s",
  (event) => {
    expect(notifyProblems("notify", { [event]: "logger" })).toEqual([
      {
        path: `notify.${event}`,
        message:
          "must be a script or an absolute path of letters, digits and . _ + @ -, without . and .. as names, got 'logger'",
      },
    ]);
  },
);

describe("cloud", () => {
  const unicast = { multicast: false, notify: undefined };
  const taken = "must not be set with cloud, got both; call it from moveAddress, or use notify.any";

  test.each([
    ["no cloud", undefined, unicast],
    ["a script", { moveAddress: script }, unicast],
    [
      "a program, and what is run besides",
      { moveAddress: "/usr/bin/aws" },
      { multicast: false, notify: { any: script } },
    ],
  ])("accepts %s", (_title, cloud, context) => {
    expect(cloudProblems("cloud", cloud, context)).toEqual([]);
  });

  test("refuses what is no program, multicast, and programs of its own events", () => {
    const context = { multicast: true, notify: every };
    expect(cloudProblems("cloud", { moveAddress: "aws" }, context)).toEqual([
      {
        path: "cloud.moveAddress",
        message:
          "must be a script or an absolute path of letters, digits and . _ + @ -, without . and .. as names, got 'aws'",
      },
      { path: "cloud", message: "needs unicast, got multicast: true, which such networks drop" },
      { path: "notify.master", message: taken },
      { path: "notify.masterReceivesLowerPriority", message: taken },
    ]);
  });
});
