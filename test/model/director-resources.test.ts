import { Deferred } from "../../src/model/deferred";
import {
  checkInterfacesOf,
  maintenanceSwitches,
  programsOf,
  resourceNamesProblems,
  scriptsOf,
  trackFilesOf,
} from "../../src/model/director-resources";
import { HealthCheck } from "../../src/model/health-check";
import { realServer, service } from "../support/models";

const { file, misc, tcp } = HealthCheck;
const text = "#!/bin/sh\n";
const script = { name: "check", text };
const load = { name: "load", path: "/run/load" };

const services = [
  service({}, [
    realServer({ healthCheck: [misc({ script }), misc({ script: "/bin/true" })], maintenanceSwitch: "web1" }),
    realServer({ healthCheck: [tcp({ bindInterface: "eth1" }), file({ trackFile: load })] }),
  ]),
  service({}, [
    realServer({ healthCheck: [misc({ script }), file({ trackFile: load })], maintenanceSwitch: "web1" }),
    realServer({ healthCheck: misc({ script: new Deferred("${x}") }), maintenanceSwitch: "web2" }),
  ]),
];

test("what the checks of all services need, each once", () => {
  expect(scriptsOf({ services })).toEqual([script]);
  expect(programsOf({ services })).toEqual(["/bin/true", new Deferred("${x}")]);
  expect(checkInterfacesOf({ services })).toEqual(["eth1"]);
  expect(maintenanceSwitches(services)).toEqual(["web1", "web2"]);
  expect(trackFilesOf({ services })).toEqual([
    load,
    { name: "maintenance-web1", path: "/var/lib/cdktf-lvs/maintenance/web1", initialValue: 0 },
    { name: "maintenance-web2", path: "/var/lib/cdktf-lvs/maintenance/web2", initialValue: 0 },
  ]);
});

test("what services run, beside what their checks run", () => {
  const tell = { name: "tell", text };
  const loud = service({ notifyQuorum: { up: tell, down: "/bin/q" }, notifyRealServers: { up: script } }, [
    realServer({ notify: { up: "/bin/true", down: { name: "own", text } } }),
  ]);
  expect(scriptsOf({ services: [...services, loud] })).toEqual([script, tell, { name: "own", text }]);
  expect(programsOf({ services: [...services, loud] })).toEqual(["/bin/true", new Deferred("${x}"), "/bin/q"]);
});

test("plain checks need nothing", () => {
  const plain = { services: [service()] };
  expect([scriptsOf(plain), programsOf(plain), trackFilesOf(plain), checkInterfacesOf(plain)]).toEqual([
    [],
    [],
    [],
    [],
  ]);
});

test("names may be used by several services for one thing", () => {
  const named = services.map((model, index) => ({ name: `service${index}`, service: model }));
  expect(resourceNamesProblems(named)).toEqual([]);
});

test("a name cannot stand for two scripts of services", () => {
  const script2 = { ...script, text: `${text}exit 1\n` };
  const loud = [
    service({ notifyQuorum: { up: script2 } }),
    service({ notifyRealServers: { down: script2 } }),
    service({}, [realServer({ notify: { down: script2 } })]),
  ];
  for (const other of loud) {
    const named = [
      { name: "web", service: service({}, [realServer({ healthCheck: misc({ script }) })]) },
      { name: "mail", service: other },
    ];
    expect(resourceNamesProblems(named)).toEqual([
      {
        path: "virtual service 'mail'",
        message: "must be the name of one script, got 'check' for a second one; virtual service 'web' has it already",
      },
    ]);
  }
});

test("a name cannot stand for two things on one director", () => {
  const others = [
    misc({ script: { ...script, text: `${text}exit 1\n` } }),
    file({ trackFile: { ...load, initialValue: 0 } }),
  ];
  const named = [
    { name: "web", service: service({}, [realServer({ healthCheck: [misc({ script }), file({ trackFile: load })] })]) },
    { name: "mail", service: service({}, [realServer({ healthCheck: others })]) },
  ];
  const path = "virtual service 'mail'";
  const again = "for a second one; virtual service 'web' has it already";
  expect(resourceNamesProblems(named)).toEqual([
    { path, message: `must be the name of one script, got 'check' ${again}` },
    { path, message: `must be the name of one track file, got 'load' ${again}` },
  ]);
});
