import path from "node:path";
import type { HostOptions } from "../../lab/host-options";
import type { LabHost } from "../../lab/host";
import type { Lab } from "../../lab/lab";
import type { Definition, ServerDefinition } from "./apps/definition";

export const VIP = "192.0.2.100";
export const VIP6 = "2001:db8:2::100";
/** One of the characters that starts a comment in keepalived.conf, and one that a shell would expand. */
export const PASSWORD = "s3#$(x)!";

export const DIRECTORS: readonly HostOptions[] = [
  { name: "lb1", address: "192.0.2.11" },
  { name: "lb2", address: "192.0.2.12" },
];

export const WEB_SERVERS: readonly HostOptions[] = [
  { name: "web1", address: "192.0.2.21", web: true },
  { name: "web2", address: "192.0.2.22", web: true },
];

const SUITE = path.basename(expect.getState().testPath ?? "", ".test.ts");

/**
 * Shows a line of progress or evidence at once, and which suite it is of, because they run side by side. Jest's own
 * console adds a stack to each line.
 */
export function tell(line: string): void {
  process.stderr.write(`${SUITE}: ${line}\n`);
}

/** The definition of the two web servers, with some of them changed. */
export function servers(
  changes: Readonly<Record<string, Partial<ServerDefinition>>> = {},
): Record<string, ServerDefinition> {
  return Object.fromEntries(
    WEB_SERVERS.map(({ name, address }) => [name, { address, weight: 2, ...changes[name] }] as const),
  );
}

/** Environment of the app that makes a definition. */
export function defined(definition: Definition): Record<string, string> {
  return { DEFINITION: JSON.stringify(definition) };
}

/** The IPVS table of a host. */
export async function table(host: LabHost): Promise<string[]> {
  return (await host.run("ipvsadm -Sn")).trim().split("\n");
}

export async function hasVip(host: LabHost, vip = VIP, device = "eth0"): Promise<boolean> {
  return (await host.run(`ip -o address show dev ${device} to ${vip}`)) !== "";
}

/** Which real server answered how many of some requests. */
export async function answers(lab: Lab, url: string, requests: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let request = 0; request < requests; request++) {
    const { body } = await lab.request(url);
    counts[body.trim()] = (counts[body.trim()] ?? 0) + 1;
  }
  return counts;
}

/** What name servers behind a VIP say the address of a name is. */
export async function resolved(lab: Lab, vip: string): Promise<string> {
  const program = `const { Resolver } = require("node:dns").promises;
    const resolver = new Resolver({ timeout: 2000, tries: 2 });
    resolver.setServers(["${vip}"]);
    resolver.resolve4("www.example.com").then((addresses) => console.log(addresses.join()));`;
  return (await lab.execInNamespace([process.execPath, "-e", program])).stdout.trim();
}

/**
 * Tries until something holds, and tells how many milliseconds that took. Each look takes a host's time from what is
 * waited for, and that of its neighbours, so they come every 50 ms at first, and less often the longer it takes.
 */
export async function eventually(what: string, holds: () => Promise<boolean>, limitMs = 60_000): Promise<number> {
  const startedAt = performance.now();
  while (!(await holds().catch(() => false))) {
    const elapsed = performance.now() - startedAt;
    if (elapsed > limitMs) throw new Error(`${what}: not after ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(2000, Math.max(50, elapsed / 8))));
  }
  return Math.round(performance.now() - startedAt);
}

/** Expects what keepalived or a host comes to in its own time: at the end of it Jest tells what is different. */
export async function expectSoon<T>(look: () => Promise<T>, expected: unknown, limitMs = 30_000): Promise<void> {
  let seen: T | undefined;
  const same = async () => {
    seen = await look();
    expect(seen).toEqual(expected);
    return true;
  };
  await eventually("as expected", same, limitMs).catch(() => expect(seen).toEqual(expected));
}

/** `check` of the program that the deploy left on a host. */
export function check(host: LabHost, role: "director" | "real-server"): ReturnType<LabHost["exec"]> {
  return host.exec(`sh /etc/cdktf-lvs/${role}/current/program check`);
}

/** Expects that `check` finds nothing: what follows the VIPs, such as synchronisation daemons, does so in its own time. */
export async function expectAsDeployed(host: LabHost, role: "director" | "real-server" = "director"): Promise<void> {
  await expectSoon(async () => (await check(host, role)).stdout, expect.stringContaining("as deployed"));
}

/** Packets that the rule of our firewall with this text has dropped on a director. */
export async function dropped(director: LabHost, rule: string): Promise<number> {
  const rules = await director.run("nft list chain inet cdktf_lvs firewall");
  const line = rules.split("\n").find((text) => text.includes(rule) && text.endsWith("drop"));
  return Number(/counter packets (\d+)/.exec(line ?? "")?.[1]);
}

/** What a deploy could leave behind on a host: files, addresses, settings, units, table. */
export async function traces(host: LabHost): Promise<string> {
  return host.run(
    [
      "ls -A /etc/cdktf-lvs /run/cdktf-lvs 2>&1",
      "ls -A /root /etc/sysctl.d /etc/modules-load.d /etc/modprobe.d /etc/systemd/system /etc/keepalived 2>&1",
      "ls -A /etc/systemd/system/multi-user.target.wants",
      "ip -brief address | tr -s ' '",
      "cat /proc/sys/net/ipv4/conf/*/arp_ignore /proc/sys/net/ipv4/conf/*/arp_announce",
      "systemctl is-active keepalived",
      "ipvsadm -Sn 2>&1",
      "ls -A /tmp | grep -v -e systemd-private -e '^\\.'",
      "true",
    ].join("; "),
  );
}
