import { Deferred } from "../../src/model/deferred";
import { checkLoadWarnings, countChecks, weakCheckWarnings } from "../../src/model/check-warnings";
import { HealthCheck } from "../../src/model/health-check";
import type { HealthChecks } from "../../src/model/health-check/list";
import { realServer } from "../support/models";

const { bfd, dns, misc, none, ping, tcp, udp } = HealthCheck;

const refusals =
  "a UDP check without requireReply fails only when the host, or a router, says that nobody is there; set requireReply, or add HealthCheck.ping()";
const impatient =
  "a UDP check without requireReply that waits for less than 4 seconds counts a host that is off as up; raise connectTimeoutSeconds to 4";
const pinged = "a ping alone finds a host that is off, and no service that is dead; check the service too";
const bound =
  "a check from a fixed port (bindPort) is not made while another has the port, or had it within the last minute; leave bindPort out";

test.each<[string, HealthChecks, string[]]>([
  ["no check", none(), []],
  ["TCP", tcp({ connectTimeoutSeconds: 1, bindAddress: "10.0.0.1" }), []],
  ["a program", misc({ script: "/bin/true" }), []],
  ["BFD", bfd({ name: "a" }), []],
  ["a ping", ping(), [pinged]],
  ["a ping beside another check", [ping(), tcp()], []],
  ["UDP with any reply", udp({ requireReply: true, connectTimeoutSeconds: 1 }), []],
  ["UDP with a text as reply", udp({ requireReply: "00", connectTimeoutSeconds: 1 }), []],
  ["UDP alone", udp(), [refusals]],
  ["UDP that needs no reply", udp({ requireReply: false }), [refusals]],
  ["UDP that waits long enough", udp({ connectTimeoutSeconds: 4 }), [refusals]],
  ["UDP that does not wait", udp({ connectTimeoutSeconds: 3.9 }), [refusals, impatient]],
  ["UDP beside a ping", [udp(), ping()], []],
  ["UDP that does not wait, beside a ping", [udp({ connectTimeoutSeconds: 1 }), ping()], [impatient]],
  ["a port to connect from", [tcp({ bindAddress: "10.0.0.1", bindPort: 1024 }), dns()], [bound]],
])("%s", (_title, healthCheck, warnings) => {
  expect(weakCheckWarnings([{ healthCheck }, { healthCheck }])).toEqual(warnings);
});

test("a time known only at apply is trusted", () => {
  const healthCheck = { type: "udp", connectTimeoutSeconds: new Deferred("${x}") } as const;
  expect(weakCheckWarnings([{ healthCheck }])).toEqual([refusals]);
});

const services = (count: number, healthCheck: HealthChecks) => [
  { realServers: [realServer({ healthCheck })] },
  { realServers: Array.from({ length: count - 1 }, () => realServer({ healthCheck })) },
];

test.each<[string, HealthChecks, number]>([
  ["one check each", tcp(), 3],
  ["two each", [tcp(), dns()], 6],
  ["none", none(), 0],
  [
    "what others do: files and BFD",
    [HealthCheck.file({ trackFile: { name: "a", path: "/a" } }), bfd({ name: "b" })],
    0,
  ],
])("counts the checks that keepalived makes: %s", (_title, healthCheck, count) => {
  expect(countChecks(services(3, healthCheck))).toBe(count);
});

test("more checks than a reload of keepalived gets through are told", () => {
  expect(checkLoadWarnings([])).toEqual([]);
  expect(checkLoadWarnings(services(10_000, tcp()))).toEqual([]);
  expect(checkLoadWarnings(services(10_001, tcp()))).toEqual([
    "makes 10001 health checks: with more than 10000 keepalived reloads slowly and checks late; give VIPs with the same real servers one service (additionalVips), or share the services out among directors",
  ]);
});
