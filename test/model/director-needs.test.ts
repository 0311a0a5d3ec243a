import { BfdListener } from "../../src/model/bfd";
import type { DeepDeferrable } from "../../src/model/deferred";
import { directorNeedsProblems } from "../../src/model/director-needs";
import type { DirectorSettings } from "../../src/model/director-settings";
import { HealthCheck } from "../../src/model/health-check";
import { Scheduler } from "../../src/model/scheduler";
import type { VirtualService } from "../../src/model/virtual-service";
import { realServer, service } from "../support/models";

const { file, misc, ssl, tcp, udp, bfd } = HealthCheck;
const trackFile = { name: "load", path: "/run/load" };

function checkedBy(...healthCheck: HealthCheck[]): VirtualService {
  return service({ healthCheck }, [realServer({ healthCheck })]);
}

const uses: [string, VirtualService, string, string, string][] = [
  ["scheduler", service({ scheduler: Scheduler.TWOS }, [realServer()]), "2.2.4", "2.2.5", "scheduler twos"],
  ["healthCheck", oneCheck(file({ trackFile })), "2.1.5", "2.2.0", "FILE_CHECK"],
  ["healthCheck[1]", checkedBy(tcp(), file({ trackFile })), "2.1.5", "2.2.0", "FILE_CHECK"],
  ["healthCheck.tlsCompliant", oneCheck(ssl({ path: "/", tlsCompliant: true })), "2.2.7", "2.2.8", "tls_compliant"],
  ["healthCheck.payload", oneCheck(udp({ payload: "00" })), "2.1.5", "2.2.0", "payload of UDP_CHECK"],
  ["healthCheck.requireReply", oneCheck(udp({ requireReply: "00" })), "2.1.5", "2.2.0", "require_reply with text"],
  ["healthCheck.dynamic", oneCheck(misc({ script: "/bin/true", dynamic: true })), "2.1.5", "2.2.0", "misc_dynamic"],
  ["healthCheck.user", oneCheck(misc({ script: "/bin/true", user: "a" })), "2.2.7", "2.2.8", "user of MISC_CHECK"],
  [
    "realServers[1].healthCheck",
    service({ healthCheck: tcp() }, [realServer(), realServer({ healthCheck: file({ trackFile }) })]),
    "2.1.5",
    "2.2.0",
    "FILE_CHECK",
  ],
  [
    "realServers[0].maintenanceSwitch",
    service({}, [realServer({ maintenanceSwitch: "web1" })]),
    "2.1.5",
    "2.2.0",
    "FILE_CHECK",
  ],
];

/** A service whose real server is checked as the service says, and so has the very same check. */
function oneCheck(healthCheck: HealthCheck): VirtualService {
  return service({ healthCheck }, [realServer({ healthCheck })]);
}

test.each(uses)("%s needs a newer keepalived", (path, model, before, since, feature) => {
  const advice = `leave it out, or set keepalivedVersion of the director if its hosts have ${since}`;
  expect(directorNeedsProblems(model, { keepalivedVersion: before })).toEqual([
    { path, message: `needs keepalived ${since} (${feature}), got ${before}; ${advice}` },
  ]);
  expect(directorNeedsProblems(model, { keepalivedVersion: since })).toEqual([]);
});

test.each([
  ["a plain service", service()],
  ["any reply", oneCheck(udp({ requireReply: true }))],
  ["root", oneCheck(misc({ script: "/bin/true", user: "root" }))],
  ["switches that are off", checkedBy(ssl({ path: "/", tlsCompliant: false }), misc({ script: "/x", dynamic: false }))],
])("the oldest keepalived has what it takes for %s", (_title, model) => {
  expect(directorNeedsProblems(model, {})).toEqual([]);
});

const web1 = { name: "web1", neighborAddress: "10.0.0.21" };
const web2 = { name: "web2", neighborAddress: "10.0.0.22", listeners: [BfdListener.CHECKER] };
const router = { name: "router", neighborAddress: "10.0.0.1", listeners: [BfdListener.VRRP] };

test("a BFD check watches a session of the director", () => {
  const settings: DeepDeferrable<DirectorSettings> = { bfdInstances: [web1, web2, router] };
  expect(directorNeedsProblems(checkedBy(bfd({ name: "web1" }), bfd({ name: "web2" })), settings)).toEqual([]);
  expect(directorNeedsProblems(oneCheck(bfd({ name: "router" })), settings)).toEqual([
    {
      path: "healthCheck.name",
      message: "must be a BFD instance of the director, got 'router'; it has web1, web2",
    },
  ]);
});

test("a BFD check needs a session of the director", () => {
  expect(directorNeedsProblems(checkedBy(tcp(), bfd({ name: "web1" })), {})).toEqual([
    {
      path: "healthCheck[1].name",
      message: "must be a BFD instance of the director, got 'web1'; it has none for checks, set bfdInstances",
    },
  ]);
});

test("mails need somebody to write to", () => {
  const mail = { to: ["ops@example.org"], server: "10.0.0.25" };
  expect(directorNeedsProblems(service({ smtpAlert: true }), {})).toEqual([
    { path: "smtpAlert", message: "needs mail on the director, got none; tell whom to write to" },
  ]);
  expect(directorNeedsProblems(service({ smtpAlert: true }), { mail })).toEqual([]);
  expect(directorNeedsProblems(service({ smtpAlert: false }), {})).toEqual([]);
});
