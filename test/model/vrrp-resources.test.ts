import { programsOf, scriptsOf, trackFilesOf } from "../../src/model/director-resources";
import { trackedProcesses, trackedScripts } from "../../src/model/vrrp-resources";
import { directorConfig, vrrpInstance } from "../support/models";

const script = (name: string) => ({ name, text: "#!/bin/sh\n" });
const web = { name: "web", script: script("track-web") };
const proxy = { name: "proxy", process: "haproxy" };
const file = { name: "load", path: "/run/load" };
const vrrp = {
  instances: [
    vrrpInstance({
      settings: { trackScripts: [web], notify: { any: script("any") }, cloud: { moveAddress: "/bin/aws" } },
    }),
    vrrpInstance({ settings: { trackScripts: [web], trackProcesses: [proxy], trackFiles: [{ file }] } }),
  ],
  syncGroups: [
    {
      name: "both",
      instances: ["lb", "api"],
      settings: { trackProcesses: [proxy], trackFiles: [{ file }], notify: { stop: "/bin/true" } },
    },
  ],
  settings: { notifyFifo: { path: "/run/fifo", script: script("reader") } },
  sessions: [],
};

test("what is tracked in several places is defined once", () => {
  expect(trackedScripts(vrrp)).toEqual([web]);
  expect(trackedProcesses(vrrp)).toEqual([proxy]);
});

test("scripts, programs and files of VRRP are the director's", () => {
  const config = directorConfig({ vrrp });
  expect(scriptsOf(config).map(({ name }) => name)).toEqual(["track-web", "any", "reader"]);
  expect(programsOf(config)).toEqual(["/bin/true", "/bin/aws"]);
  expect(trackFilesOf(config)).toEqual([file]);
});
