import { Deferred } from "../../src/model/deferred";
import { realServerProblems } from "../../src/model/real-server";
import {
  notifyProgramsOfService,
  serviceNotifyProblems,
  upDownPrograms,
  withNotifyNames,
  type UpDown,
} from "../../src/model/service-notify";
import { virtualServiceProblems } from "../../src/model/virtual-service-settings";
import { realServer, service } from "../support/models";

const text = "#!/bin/sh\n";
const token = new Deferred("${x}");
const notProgram =
  "must be a script or an absolute path of letters, digits and . _ + @ -, without . and .. as names, got";

describe("what is run", () => {
  const accepted: [string, UpDown | undefined][] = [
    ["nothing", undefined],
    ["nothing on any event", {}],
    ["a script on the way up", { up: { text } }],
    ["a script with a name on the way down", { down: { name: "tell", text } }],
    ["programs of the host", { up: "/usr/bin/logger", down: "/opt/a+b/tell@2.sh" }],
    ["programs and texts known only at apply", { up: token, down: { text: token } }],
  ];

  test.each(accepted)("may be %s", (_title, programs) => {
    const settings = programs === undefined ? {} : { notifyQuorum: programs, notifyRealServers: programs };
    expect(serviceNotifyProblems(settings)).toEqual([]);
    const server = realServer(programs === undefined ? {} : { notify: programs });
    expect(realServerProblems("realServers[0]", server, service())).toEqual([]);
  });

  const refused: [string, UpDown, string, string][] = [
    ["a command", { up: "logger" }, "up", `${notProgram} 'logger'`],
    ["a path with arguments", { down: "/usr/bin/logger down" }, "down", `${notProgram} '/usr/bin/logger down'`],
    ["an empty path", { down: "" }, "down", `${notProgram} ''`],
    [
      "a text that no interpreter is named for",
      { up: { text: "true" } },
      "up.text",
      "must begin with '#!' and the path of an interpreter, got 'true'; try '#!/bin/sh'",
    ],
    [
      "a script whose name is known only at apply",
      { down: { name: token, text } },
      "down.name",
      "must be known at synth, got a token; what else is written depends on it, pass a literal",
    ],
  ];

  test.each(refused)("may not be %s", (_title, programs, path, message) => {
    expect(virtualServiceProblems({ vip: "192.0.2.1", port: 80, notifyQuorum: programs })).toEqual([
      { path: `notifyQuorum.${path}`, message },
    ]);
    expect(virtualServiceProblems({ vip: "192.0.2.1", port: 80, notifyRealServers: programs })).toEqual([
      { path: `notifyRealServers.${path}`, message },
    ]);
    expect(realServerProblems("realServers[0]", realServer({ notify: programs }), service())).toEqual([
      { path: `realServers[0].notify.${path}`, message },
    ]);
  });
});

test("up comes before down, and nothing is run on nothing", () => {
  expect(upDownPrograms({ down: "/b", up: "/a" })).toEqual([
    { event: "up", program: "/a" },
    { event: "down", program: "/b" },
  ]);
  expect(upDownPrograms({ down: "/b" })).toEqual([{ event: "down", program: "/b" }]);
  expect(upDownPrograms(undefined)).toEqual([]);
});

test("scripts without a name get that of their event; what has a name keeps it", () => {
  const settings = {
    vip: "192.0.2.1",
    notifyQuorum: { up: { text }, down: { name: "tell", text } },
    notifyRealServers: { up: "/usr/bin/logger", down: { name: undefined, text } as never },
  };
  expect(withNotifyNames(settings, "web")).toEqual({
    vip: "192.0.2.1",
    notifyQuorum: { up: { name: "web-quorum-up", text }, down: { name: "tell", text } },
    notifyRealServers: { up: "/usr/bin/logger", down: { name: "web-server-down", text } },
  });
  expect(withNotifyNames({}, "web")).toEqual({});
});

test("a service runs its own, and what its real servers have", () => {
  const quiet = realServer();
  const loud = realServer({ notify: { up: "/3", down: token } });
  const web = service({ notifyQuorum: { down: "/1" }, notifyRealServers: { up: { text } } }, [quiet, loud]);
  expect(notifyProgramsOfService(web)).toEqual(["/1", { text }, "/3", token]);
  expect(notifyProgramsOfService(service())).toEqual([]);
});
