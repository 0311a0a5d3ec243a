import { Lab } from "../../lab/lab";
import { eventually, table, tell, VIP, VIP6 } from "./hosts";

jest.setTimeout(5 * 60_000);

const INSIDE = { name: "inside", ipv4: "198.51.100.0/24", ipv6: "2001:db8:100::/64" };
const REMOTE = { name: "remote", ipv4: "203.0.113.0/24", ipv6: "2001:db8:113::/64" };
const SERVICES = ["web", "udp", "sctp", "echo", "smtp", "dns"] as const;
const DIRECTOR = "198.51.100.11";
const RS1 = ["198.51.100.21", "2001:db8:100::21"] as const;
const RS2 = ["198.51.100.22", "2001:db8:100::22"] as const;

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.up({
    segments: [INSIDE, REMOTE],
    hosts: [
      { name: "lb1", address: "192.0.2.11", moreAddresses: [DIRECTOR] },
      { name: "rs1", address: RS1[0], gateway: DIRECTOR, services: SERVICES },
      { name: "rs2", address: RS2[0], gateway: DIRECTOR, services: SERVICES },
      { name: "client", address: "203.0.113.50", image: "bare" },
    ],
    progress: tell,
  });
  await lab.host("lb1").run("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
});

afterAll(async () => {
  await lab?.down();
});

test("what cannot be is refused before anything is made, all at once", async () => {
  const bad = Lab.up({
    segments: [{ name: "Inside", ipv4: "198.51.100.0/25", ipv6: "2001:db8:2::/64" }],
    hosts: [{ name: "lb1", address: "192.0.2.1", moreAddresses: ["192.0.2.7", "192.0.2.8"], gateway: "10.0.0.1" }],
  });
  await expect(bad).rejects.toThrow(
    [
      "invalid lab, 6 problems:",
      "  segments[0].name: must be 1 to 11 of a-z, 0-9 and '-', starting with a letter, got 'Inside'",
      "  segments[0].ipv4: must be a /24 such as 198.51.100.0/24, got '198.51.100.0/25'",
      "  segments[0].ipv6: is used by an earlier segment, got '2001:db8:2::/64'",
      "  hosts[0].address: must be .2 to .254 of 192.0.2.0/24 or 198.51.100.0/25, got '192.0.2.1'",
      "  hosts[0].moreAddresses[1]: must be in a segment where the host is not yet, got '192.0.2.8'",
      "  hosts[0].gateway: must be .1 to .254 of 192.0.2.0/24, got '10.0.0.1'",
    ].join("\n"),
  );
});

test("hosts of different segments reach each other through the routers, over IPv4 and IPv6", async () => {
  for (const address of ["192.0.2.11", "2001:db8:2::11"]) {
    expect(await lab.host("client").run(`ping -c1 -W2 ${address}`)).toContain("1 received");
  }
  // Towards a real server the lab routes straight; back it goes through the director.
  for (const address of RS1) {
    expect(await lab.answers({ protocol: "http", address, requests: 2, from: "client" })).toEqual({ rs1: 2 });
  }
  const path = await lab.host("rs1").run("ip -o route get 203.0.113.50; ip -o route get 2001:db8:113::50");
  expect(path).toMatch(/via 198\.51\.100\.11 .*\n.*via 2001:db8:100::11 /);
});

test("a bare host installs packages from its own segment", async () => {
  const install = "apt-get -q update && apt-get -q -y install nftables";
  expect(await lab.host("client").run(install)).toContain("Setting up nftables");
});

/** A virtual server of keepalived.conf with rs1 and rs2, which are down until their check has succeeded. */
function virtualServer(protocol: string, vip: string, port: number, check: string): string {
  const network = vip === VIP6 ? "2001:db8:100::" : "198.51.100.";
  const realServers = [21, 22].map((n) => `  real_server ${network}${n} ${port} { ${check} }`);
  const options = `  protocol ${protocol}\n  lvs_sched rr\n  lvs_method NAT\n  delay_loop 1\n  alpha`;
  return [`virtual_server ${vip} ${port} {`, options, ...realServers, "}", ""].join("\n");
}

test("a NAT director serves a client of a third segment, and its checks find the services", async () => {
  const conf = [VIP, VIP6]
    .flatMap((vip) => [
      virtualServer("TCP", vip, 80, "HTTP_GET { url { path /health status_code 200 } }"),
      virtualServer("UDP", vip, 5000, "UDP_CHECK { require_reply }"),
      virtualServer("SCTP", vip, 5000, "TCP_CHECK { connect_port 7 }"),
      virtualServer("TCP", vip, 25, "SMTP_CHECK { }"),
      virtualServer("UDP", vip, 53, "DNS_CHECK { }"),
    ])
    .join("\n");
  const lb1 = lab.host("lb1");
  await lb1.writeFile("/etc/keepalived/keepalived.conf", conf);
  await lb1.run(
    `ip address add ${VIP}/32 dev eth0; ip address add ${VIP6}/128 dev eth0 nodad; systemctl start keepalived`,
  );
  await eventually("10 services with 2 real servers each", async () => (await table(lb1)).length === 30);
  for (const address of [VIP, VIP6]) {
    for (const protocol of ["http", "udp", "sctp"] as const) {
      const answers = await lab.answers({ protocol, address, requests: 6, from: "client" });
      expect([protocol, address, answers]).toEqual([protocol, address, { rs1: 3, rs2: 3 }]);
    }
  }
  const fromOnePort = { protocol: "udp", address: VIP, requests: 4, sourcePort: 4000, from: "client" } as const;
  expect(Object.values(await lab.answers(fromOnePort))).toEqual([4]);
  await lab.host("rs1").run("systemctl stop lab-dns lab-smtp");
  await eventually("rs1 is out of two services per family", async () => (await table(lb1)).length === 26);
});

test("a VIP on lo answers from its own address", async () => {
  const vips = ["198.51.100.100", "2001:db8:100::100"];
  await lab.host("rs2").run(`ip address add ${vips[0]}/32 dev lo; ip address add ${vips[1]}/128 dev lo nodad`);
  await lab.host("lb1").run(vips.map((vip, n) => `ip -${n * 2 + 4} route add ${vip} via ${RS2[n]}`).join("; "));
  for (const address of vips) {
    for (const protocol of ["http", "udp", "sctp"] as const) {
      const answers = await lab.answers({ protocol, address, requests: 2, from: "lb1" });
      expect([protocol, address, answers]).toEqual([protocol, address, { rs2: 2 }]);
    }
  }
});

test("failures are counted too, and the lab itself may ask from any segment", async () => {
  const nobody = { address: "198.51.100.77", requests: 2, timeoutMs: 200 };
  expect(await lab.answers({ ...nobody, protocol: "udp" })).toEqual({ "(no answer)": 2 });
  const closed = { protocol: "http", address: RS2[0], port: 99, requests: 2 } as const;
  expect(await lab.answers(closed)).toEqual({ "(Connection refused)": 2 });
  const remote = { protocol: "http", address: RS2[0], source: "203.0.113.1", requests: 2 } as const;
  expect(await lab.answers({ ...remote, sourcePort: 4000 })).toEqual({ rs2: 2 });
});

test("a long connection tells stalls, lost lines and its end", async () => {
  const outlives = lab.startEcho({ address: RS1[0], from: "client" });
  const isLeft = lab.startEcho({ address: RS2[1] });
  await pause(2000);
  // What rs1 says to the client goes through lb1.
  await lab.cutCable("lb1", "eth1");
  await lab.host("rs2").run("systemctl stop lab-echo");
  await pause(1000);
  expect((await lab.host("lb1").exec(`ping -c1 -W1 ${RS2[0]}`)).code).toBe(1);
  await lab.plugCable("lb1", "eth1");
  await pause(4000);
  const [survivor, left] = await Promise.all([outlives.stop(), isLeft.stop()]);
  tell(`long connections: ${JSON.stringify({ survivor, left })}`);
  expect(survivor).toMatchObject({ host: "rs1", received: survivor.sent, brokenBy: null });
  expect(survivor.sent).toBeGreaterThan(40);
  expect(survivor.longestStallMs).toBeGreaterThanOrEqual(1000);
  // Reset, if the service ends with a line unread.
  const end = expect.stringMatching(/^(closed by the other end|Connection reset by peer)$/) as string;
  expect(left).toMatchObject({ host: "rs2", brokenBy: end });
  expect(left.received).toBeGreaterThan(5);
  const refused = lab.startEcho({ address: RS2[0] });
  await pause(1000);
  expect(await refused.stop()).toMatchObject({ sent: 0, brokenBy: "not connected: Connection refused" });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
