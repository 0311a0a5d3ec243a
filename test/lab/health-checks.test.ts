import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { HealthCheck } from "../../src/model/health-check";
import { DnsRecordType } from "../../src/model/health-check/dns";
import type { HealthChecks } from "../../src/model/health-check/list";
import { RegexOption } from "../../src/model/health-check/regex-option";
import { checkedPlan, checkedService, WEB1, weighs } from "./checked-services";
import { apply } from "./direct";
import { check, tell } from "./hosts";

jest.setTimeout(5 * 60_000);

const quick = { connectTimeoutSeconds: 1, retries: 0, delayBeforeRetrySeconds: 0, warmupSeconds: 0 };
const program = { retries: 0, warmupSeconds: 0, timeoutSeconds: 10, arguments: ["{address}"] };
const anyStatus = "200-299 503";
const unhealthy = { on: "web1", fault: "touch /run/unhealthy", repair: "rm /run/unhealthy" };
const stopped = (service: string) => ({
  on: "web1",
  fault: `systemctl stop lab-${service}`,
  repair: `systemctl start lab-${service}`,
});
const failing = (name: string) => ({
  on: "lb1",
  fault: `touch /run/${name}-${WEB1}`,
  repair: `rm /run/${name}-${WEB1}`,
});
const file = (name: string) => ({ name, path: `/run/${name}` });

interface Trial {
  readonly healthCheck: HealthChecks;
  /** Where the fault is, and what makes and mends it. */
  readonly on: string;
  readonly fault: string;
  readonly repair: string;
  /** Left to the real server by the fault, which takes it out otherwise. */
  readonly weight?: number;
  readonly inhibitOnFailure?: boolean;
}

const { tcp, http, smtp, dns, udp, ping, misc, bfd } = HealthCheck;

const TRIALS: Readonly<Record<string, Trial>> = {
  "TCP port that is closed": { healthCheck: tcp({ port: 80, ...quick }), ...stopped("web") },
  "TCP port that is closed, of a real server that stays in the table": {
    healthCheck: tcp({ port: 80, ...quick }),
    ...stopped("web"),
    inhibitOnFailure: true,
    weight: 0,
  },
  "HTTP status": { healthCheck: http({ path: "/health", port: 80, ...quick }), ...unhealthy },
  "HTTP page that must match": {
    healthCheck: http({
      path: "/health",
      statusCodes: anyStatus,
      regex: { pattern: String.raw`^\w{7}\s`, options: [RegexOption.MULTILINE], minOffset: 20, maxOffset: 1000 },
      port: 80,
      ...quick,
    }),
    ...unhealthy,
  },
  "HTTP page that must not match": {
    healthCheck: http({
      path: "/health",
      statusCodes: anyStatus,
      regex: { pattern: "unheal", noMatch: true },
      port: 80,
      ...quick,
    }),
    ...unhealthy,
  },
  "HTTP page that must have a digest": {
    healthCheck: http({
      path: "/health",
      statusCodes: anyStatus,
      digest: "3b1fb749c971d7a2c6a517b37f735df2",
      port: 80,
      ...quick,
    }),
    ...unhealthy,
  },
  "one of several HTTP pages": {
    healthCheck: http({ urls: [{ path: "/" }, { path: "/health" }], fastRecovery: true, port: 80, ...quick }),
    ...unhealthy,
  },
  "SMTP greeting": { healthCheck: smtp({ heloName: "lb1.example.org", port: 25, ...quick }), ...unhealthy },
  "DNS answer": {
    healthCheck: dns({ recordType: DnsRecordType.A, name: "www.example.org", port: 53, ...quick }),
    ...stopped("dns"),
  },
  "UDP port that refuses": { healthCheck: udp({ port: 5000, ...quick }), ...stopped("udp") },
  // "web", and a digit.
  "UDP answer": {
    healthCheck: udp({ port: 5000, payload: "3f", requireReply: "77 65 62 3X", minReplyLength: 5, ...quick }),
    ...stopped("udp"),
  },
  "echo request": {
    healthCheck: ping(quick),
    on: "web1",
    fault: "echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all",
    repair: "echo 0 >/proc/sys/net/ipv4/icmp_echo_ignore_all",
  },
  "script of ours": {
    healthCheck: misc({ script: { name: "ours", text: '#!/bin/sh\n[ ! -e "/run/ours-$1" ]\n' }, ...program }),
    ...failing("ours"),
  },
  "program of the director": {
    healthCheck: misc({ script: "/usr/bin/test", ...program, arguments: ["!", "-e", "/run/theirs-{address}"] }),
    ...failing("theirs"),
  },
  "script that sets the weight": {
    healthCheck: misc({
      script: { name: "load", text: '#!/bin/sh\n[ ! -e "/run/load-$1" ] || exit 9\n' },
      dynamic: true,
      ...program,
    }),
    ...failing("load"),
    weight: 7,
  },
  "file that takes the real server out": {
    healthCheck: HealthCheck.file({ trackFile: file("out"), weight: 0 }),
    on: "lb1",
    fault: "echo 1 >/run/out",
    repair: "echo 0 >/run/out",
  },
  "file that adds to the weight": {
    healthCheck: HealthCheck.file({ trackFile: { ...file("added"), initialValue: 0 }, weight: 3 }),
    on: "lb1",
    fault: "echo 2 >/run/added",
    repair: "echo 0 >/run/added",
    weight: 8,
  },
  "BFD session": {
    healthCheck: bfd({ name: "web1" }),
    on: "web1",
    fault: "systemctl stop keepalived",
    repair: "systemctl start keepalived",
  },
  "last of several": {
    healthCheck: [
      tcp({ port: 22, ...quick }),
      ping(quick),
      misc({ script: "/usr/bin/test", ...program, arguments: ["!", "-e", "/run/last-{address}"] }),
    ],
    ...failing("last"),
  },
};

const names = Object.keys(TRIALS);
const portOf = (name: string): number => 8001 + names.indexOf(name);
const TLS_PORT = 8100;

let lab: Lab;
let director: LabHost;
let certificate: string;

beforeAll(async () => {
  const services = ["web", "smtp", "dns", "udp"] as const;
  lab = await Lab.up({
    hosts: [
      { name: "lb1", address: "192.0.2.11" },
      { name: "web1", address: WEB1, services },
      { name: "web2", address: "192.0.2.22", services },
    ],
    progress: tell,
  });
  director = lab.host("lb1");
  certificate = mkdtempSync(path.join(tmpdir(), "lab-tls-"));
  const neighbor = "bfd_instance lb1 {\nneighbor_ip 192.0.2.11\nsource_ip 192.0.2.21\nmin_rx 100\nmin_tx 100\n}\n";
  await lab.host("web1").writeFile("/etc/keepalived/keepalived.conf", neighbor);
  await lab.host("web1").run("systemctl start keepalived");
});

afterAll(async () => {
  await lab?.down();
  if (certificate !== undefined) rmSync(certificate, { recursive: true });
});

/** A web server with TLS at the lab's own end, which tells whether it was asked for the right name. */
async function startTls(): Promise<ChildProcess> {
  const files = ["-keyout", `${certificate}/key`, "-out", `${certificate}/cert`];
  const request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=lab", ...files];
  await lab.execInNamespace(request);
  const server = `
    const { readFileSync } = require("node:fs");
    const [key, cert] = ["key", "cert"].map((name) => readFileSync("${certificate}/" + name));
    require("node:https")
      .createServer({ key, cert }, (request, response) => {
        const good = request.socket.servername === "www.example.org" && request.headers.host === "www.example.org";
        response.writeHead(good ? 200 : 421).end("ok\\n");
      })
      .listen(8443, "192.0.2.1");`;
  return lab.spawnInNamespace([process.execPath, "-e", server]);
}

test("all real servers are up under every check", async () => {
  const services = names.map((name) => {
    const { healthCheck, inhibitOnFailure = false } = TRIALS[name]!;
    return checkedService(portOf(name), healthCheck, {}, { inhibitOnFailure });
  });
  const secure = { path: "/", host: "www.example.org", sni: true, address: "192.0.2.1", port: 8443, ...quick };
  const tls = await startTls();
  const { code, stdout } = await apply(
    director,
    checkedPlan([...services, checkedService(TLS_PORT, HealthCheck.ssl(secure))]),
  );
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE lb")]);
  for (const name of names) await weighs(director, name, portOf(name), 2);
  await weighs(director, "TLS", TLS_PORT, 2);
  tls.kill();
  const failed = await weighs(director, "TLS that is gone", TLS_PORT, undefined);
  const again = await startTls();
  const recovered = await weighs(director, "TLS that is back", TLS_PORT, 2);
  tell(`TLS: out after ${failed} ms, back after ${recovered} ms`);
  again.kill();
});

/** What one fault does to every check that it concerns, and how long each takes to notice. */
async function noticed(concerned: readonly string[], weight: (name: string) => number | undefined): Promise<string> {
  const times = await Promise.all(
    concerned.map(async (name) => `${name} after ${await weighs(director, name, portOf(name), weight(name))} ms`),
  );
  return times.join(", ");
}

test.each([...new Set(names.map((name) => TRIALS[name]!.fault))])("checks fail, and recover: %s", async (fault) => {
  const concerned = names.filter((name) => TRIALS[name]!.fault === fault);
  const { on, repair } = TRIALS[concerned[0]!]!;
  await lab.host(on).run(fault);
  tell(`${fault}: ${await noticed(concerned, (name) => TRIALS[name]!.weight)}`);
  await lab.host(on).run(repair);
  tell(`${repair}: ${await noticed(concerned, () => 2)}`);
  await Promise.all(names.map((name) => weighs(director, name, portOf(name), 2)));
});

test("a weight that a check has set is no difference from the last deploy", async () => {
  await director.run(`touch /run/load-${WEB1}; echo 2 >/run/added`);
  await weighs(director, "weight", portOf("script that sets the weight"), 7);
  await weighs(director, "weight", portOf("file that adds to the weight"), 8);
  await lab.host("web1").run("systemctl stop lab-web");
  const inhibited = "TCP port that is closed, of a real server that stays in the table";
  await weighs(director, "weight", portOf(inhibited), 0);
  const { code, stdout } = await check(director, "director");
  expect([code, stdout]).toEqual([0, "lb (192.0.2.11): as deployed\n"]);
});
