import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { realServerVipsUnit } from "../../src/render/vips-unit";
import { codeBlocks, read } from "../support/markdown";
import { CLEAN, describeWithOracles, judge } from "../support/oracles";

const PAGE = "docs/composition.md";

/** The files that a cloud-config writes, by their paths. */
function filesOf(config: string): Record<string, string> {
  const files = config.matchAll(/^ {2}- path: (\S+)\n {4}content: \|\n((?: {6}.*\n|\n)+)/gm);
  return Object.fromEntries([...files].map(([, path = "", text = ""]) => [path, text.replace(/^ {6}/gm, "")]));
}

const [direct = {}, nat = {}, tunnel = {}] = codeBlocks(PAGE, read(PAGE))
  .filter(({ language, text }) => language === "yaml" && text.startsWith("#cloud-config\n"))
  .map(({ text }) => filesOf(`${text}\n`));

const configs: [string, Record<string, string>][] = [
  ["direct routing", direct],
  ["NAT", nat],
  ["tunnels", tunnel],
];

function unitOf(files: Record<string, string>): string {
  return Object.entries(files).find(([path]) => path.endsWith(".service"))?.[1] ?? "";
}

/** The commands of a unit that begin so: as shell, which knows no `-` for what may fail. */
function commands(unit: string, key: "ExecStart" | "ExecStop"): string {
  return [...unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm"))]
    .map(([, command = ""]) => command.replace("-", ""))
    .join("\n");
}

test("instances under direct routing get the lines that a deploy gives to a real server", () => {
  const vips = ["192.0.2.100", "2001:db8:2::100"].map((address) => ({ address, device: "lo" }));
  const lines = (unit: string): string[] => unit.split("\n").filter((line) => !line.startsWith("Description="));
  expect(lines(unitOf(direct))).toEqual(lines(realServerVipsUnit(vips, "/etc/sysctl.d/90-lvs.conf")));
});

describeWithOracles("systemd-analyze verify of what instances get", ["systemd-analyze"], () => {
  test.each(configs)("%s", (_title, files) => {
    const folder = mkdtempSync(join(tmpdir(), "instances-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const [unit = ""] = Object.keys(files).filter((path) => path.endsWith(".service"));
    expect(judge("systemd-analyze", ["verify", "--man=no", join(folder, unit)])).toEqual(CLEAN);
    rmSync(folder, { recursive: true });
  });
});

describeWithOracles("the commands of instances", ["network namespaces (needs root)"], () => {
  const QUESTION = "ip route get 203.0.113.1 from 10.0.0.21 ipproto tcp sport";

  /** What a script prints on a host with one interface, after and before what a unit does there. */
  function run(files: Record<string, string>, script: string): string[] {
    const settings = Object.entries(files)
      .filter(([path]) => path.startsWith("/etc/sysctl.d/"))
      .flatMap(([, text]) => [...text.matchAll(/^(\S+) = (\d+)$/gm)])
      .map(([, key = "", value = ""]) => `echo ${value} >/proc/sys/${key.replaceAll(".", "/")}`);
    const unit = unitOf(files);
    const all = [
      "set -e; ip link set lo up",
      "ip link add eth0 type veth peer name peer; ip link set peer up; ip address add 10.0.0.21/24 dev eth0; ip link set eth0 up",
      // In place of the kernel's own device, whose module may be missing here.
      "ip link show tunl0 >/dev/null 2>&1 || ip link add tunl0 type veth peer name other",
      "ip route add default via 10.0.0.254",
      ...settings,
      commands(unit, "ExecStart"),
      script,
      "echo --",
      commands(unit, "ExecStop"),
      script,
    ];
    const { status, output } = judge("unshare", ["--net", "sh", "-c", all.join("\n")]);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining("--\n") as string });
    return output.split("--\n").map((text) => text.replace(/ +$/gm, ""));
  }

  const addresses = "ip -brief address show to 192.0.2.100; ip -brief -6 address show to 2001:db8:2::100";

  test("direct routing: the VIPs on lo, and no ARP for them", () => {
    const [after, stopped] = run(
      direct,
      `${addresses}; cat /proc/sys/net/ipv4/conf/all/arp_announce /proc/sys/net/ipv4/conf/all/arp_ignore`,
    );
    expect(after).toMatch(/^lo +UNKNOWN +192\.0\.2\.100\/32\nlo +UNKNOWN +2001:db8:2::100\/128\n2\n1\n$/);
    expect(stopped).not.toContain("100/");
  });

  test("NAT: replies go to the gateway, answers to health checks and all else as before", () => {
    const toDirector = "ip route get 10.0.0.12 from 10.0.0.21 ipproto tcp sport 8080";
    const [after = "", stopped = ""] = run(nat, `${QUESTION} 8080; ${QUESTION} 22; ${toDirector}`);
    expect(after.match(/^\S.*? dev/gm)).toEqual([
      "203.0.113.1 from 10.0.0.21 via 10.0.0.1 dev",
      "203.0.113.1 from 10.0.0.21 via 10.0.0.254 dev",
      "10.0.0.12 from 10.0.0.21 dev",
    ]);
    expect(stopped).not.toContain("10.0.0.1 dev");
  });

  test("tunnels: the VIP on the device that unpacks, which takes packets from any sender", () => {
    const [after, stopped] = run(tunnel, `${addresses}; cat /proc/sys/net/ipv4/conf/tunl0/rp_filter`);
    expect(after).toMatch(/^tunl0\S* +\S+ +192\.0\.2\.100\/32\n2\n$/);
    expect(stopped).toBe("2\n");
  });
});
