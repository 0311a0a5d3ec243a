import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import { DnsRecordType } from "../../src/model/health-check/dns";
import type { HealthChecks } from "../../src/model/health-check/list";
import { blocksText } from "../../src/render/block-writer";
import { healthCheckBlocks } from "../../src/render/health-check-block";
import { realServer } from "../support/models";

function rendered(healthCheck: DeepDeferrable<HealthChecks>): string {
  return blocksText(healthCheckBlocks(realServer({ healthCheck }), "10.0.0.100"));
}

const timing = {
  retries: 3,
  delayBeforeRetrySeconds: 1.5,
  delayLoopSeconds: 10,
  warmupSeconds: 0,
  alpha: true,
  logAllFailures: false,
};

test("TCP with nothing but keepalived's defaults", () => {
  expect(rendered(HealthCheck.tcp())).toBe("TCP_CHECK {\n}\n");
});

test("TCP with every option", () => {
  const check = HealthCheck.tcp({
    address: "2001:0DB8::9",
    port: 8080,
    bindAddress: "2001:db8:0::1",
    bindPort: 1024,
    bindInterface: "eth1",
    firewallMark: 4294967295,
    connectTimeoutSeconds: 2.5,
    ...timing,
  });
  expect(rendered(check)).toBe(`TCP_CHECK {
    connect_ip 2001:db8::9
    connect_port 8080
    bindto 2001:db8::1
    bind_port 1024
    bind_if eth1
    fwmark 4294967295
    connect_timeout 2.5
    retry 3
    delay_before_retry 1.5
    delay_loop 10
    warmup 0
    alpha true
    log_all_failures false
}
`);
});

test("zero is a value: it is printed", () => {
  expect(rendered(HealthCheck.tcp({ retries: 0, delayBeforeRetrySeconds: 0 }))).toBe(`TCP_CHECK {
    retry 0
    delay_before_retry 0
}
`);
});

test("SMTP", () => {
  expect(rendered(HealthCheck.smtp())).toBe("SMTP_CHECK {\n}\n");
  expect(rendered(HealthCheck.smtp({ heloName: "lb#1", port: 25, retries: 0 }))).toBe(`SMTP_CHECK {
    helo_name "lb#1"
    connect_port 25
    retry 0
}
`);
});

test("DNS", () => {
  expect(rendered(HealthCheck.dns())).toBe("DNS_CHECK {\n}\n");
  expect(rendered(HealthCheck.dns({ recordType: DnsRecordType.AAAA, name: "example.org", port: 53 }))).toBe(`DNS_CHECK {
    type AAAA
    name "example.org"
    connect_port 53
}
`);
});

test("UDP", () => {
  expect(rendered(HealthCheck.udp())).toBe("UDP_CHECK {\n}\n");
  expect(rendered(HealthCheck.udp({ requireReply: true }))).toBe("UDP_CHECK {\n    require_reply\n}\n");
  expect(rendered(HealthCheck.udp({ requireReply: false, retries: 1 }))).toBe("UDP_CHECK {\n    retry 1\n}\n");
  const check = HealthCheck.udp({
    payload: "0a ff",
    requireReply: "0a XX",
    minReplyLength: 0,
    maxReplyLength: 512,
    port: 53,
    firewallMark: 1,
  });
  expect(rendered(check)).toBe(`UDP_CHECK {
    payload "0a ff"
    require_reply "0a XX"
    min_reply_length 0
    max_reply_length 512
    connect_port 53
    fwmark 1
}
`);
});

test("PING", () => {
  expect(rendered(HealthCheck.ping())).toBe("PING_CHECK {\n}\n");
  expect(rendered(HealthCheck.ping({ address: "10.0.0.9", connectTimeoutSeconds: 1, ...timing }))).toBe(`PING_CHECK {
    connect_ip 10.0.0.9
    connect_timeout 1
    retry 3
    delay_before_retry 1.5
    delay_loop 10
    warmup 0
    alpha true
    log_all_failures false
}
`);
});

test("MISC runs a script of ours or a program of the host", () => {
  expect(rendered(HealthCheck.misc({ script: { name: "check.sh", text: "#!/bin/sh\n" } }))).toBe(`MISC_CHECK {
    misc_path "/etc/cdktf-lvs/director/scripts/check.sh"
}
`);
  const check = HealthCheck.misc({
    script: "/usr/bin/check",
    arguments: ["-H", "{address}:{port}", "for {vip}", "{constructor} #!$"],
    timeoutSeconds: 3,
    dynamic: true,
    user: "nobody",
    group: "nogroup",
    ...timing,
  });
  expect(rendered(check)).toBe(`MISC_CHECK {
    misc_path "/usr/bin/check '-H' '10.0.0.21:80' 'for 10.0.0.100' '{constructor} #!$'"
    misc_timeout 3
    misc_dynamic
    user nobody nogroup
    retry 3
    delay_before_retry 1.5
    delay_loop 10
    warmup 0
    alpha true
    log_all_failures false
}
`);
});

test("BFD", () => {
  expect(rendered(HealthCheck.bfd({ name: "web1" }))).toBe('BFD_CHECK {\n    name "web1"\n}\n');
  expect(rendered(HealthCheck.bfd({ name: "web1", alpha: false }))).toBe(
    'BFD_CHECK {\n    name "web1"\n    alpha false\n}\n',
  );
});

test("FILE", () => {
  const trackFile = { name: "load", path: "/run/load" };
  expect(rendered(HealthCheck.file({ trackFile }))).toBe('FILE_CHECK {\n    track_file "load"\n}\n');
  expect(rendered(HealthCheck.file({ trackFile, weight: 0 }))).toBe(`FILE_CHECK {
    track_file "load"
    weight 0
}
`);
  expect(rendered(HealthCheck.file({ trackFile, weight: -2, reverse: true }))).toBe(`FILE_CHECK {
    track_file "load"
    weight -2 reverse
}
`);
});

test("no check is no block", () => {
  expect([HealthCheck.none(), [], [HealthCheck.none()]].map(rendered)).toEqual(["", "", ""]);
});

test("several checks, and the one of the maintenance switch after them", () => {
  const server = realServer({
    healthCheck: [HealthCheck.tcp(), HealthCheck.ping()],
    maintenanceSwitch: "web1",
  });
  expect(blocksText(healthCheckBlocks(server, "10.0.0.100"))).toBe(`TCP_CHECK {
}

PING_CHECK {
}

FILE_CHECK {
    track_file "maintenance-web1"
    weight -65535
}
`);
});

test("values known only at apply are printed as they are", () => {
  const token = (name: string): Deferred => new Deferred(`\${${name}}`);
  const checks = [
    { type: "tcp", address: token("address"), port: token("port"), retries: token("retries") },
    { type: "misc", script: token("program"), arguments: [token("argument")] },
  ] as const;
  expect(rendered(checks)).toBe(`TCP_CHECK {
    connect_ip \${address}
    connect_port \${port}
    retry \${retries}
}

MISC_CHECK {
    misc_path "\${program} '\${argument}'"
}
`);
});
