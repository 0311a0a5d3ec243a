import { Testing, TerraformVariable, type TerraformStack } from "cdktf";
import { Director, HealthCheck, UnmanagedRealServer, UnmanagedRealServers, VirtualService } from "../../src";
import { keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { hostFiles, newStack, ssh, synthesize } from "../support/stacks";
import { AppliedStack, InstanceGroup } from "../support/terraform";

jest.setTimeout(60_000);

const CONF = "/etc/keepalived/keepalived.conf";

/** A service for a list alone, one with a real server beside it, and text of all kinds around. */
function listStack(): TerraformStack {
  const stack = newStack();
  const list = (name: string): string[] => new TerraformVariable(stack, name, { type: "list(string)" }).listValue;
  const page = new TerraformVariable(stack, "page", { type: "string", default: "/ok" }).stringValue;
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, vipInterface: "eth0" });
  const healthCheck = HealthCheck.http({ path: `${page}/$${page}\${x}%{if}` });
  const notifyRealServers = { down: "/bin/true" };
  const settings = { director, port: 80, healthCheck, inhibitOnFailure: true, notifyRealServers };
  const web = new VirtualService(stack, "web", { ...settings, vip: "10.0.0.100", additionalVips: ["10.0.0.101"] });
  web.addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: list("ips") }), { weight: 2 });
  const six = new VirtualService(stack, "six", { ...settings, vip: "2001:db8::100" });
  six.addRealServer(new UnmanagedRealServer(stack, "one", { address: "2001:db8::1" }));
  six.addRealServers(new UnmanagedRealServers(stack, "sixes", { addresses: list("ips6") }));
  return stack;
}

describeWithOracles("lists at apply", ["terraform", "keepalived", "network namespaces (needs root)"], () => {
  const stack = listStack();
  const [local = ""] = Object.keys(hostFiles(synthesize(stack))).map((name) => name.split(" ")[0]);
  const output = { rules: { value: `\${local.${local}["rules"]}` } };
  let applied: AppliedStack;

  beforeAll(() => {
    applied = new AppliedStack(Testing.synth(stack, true), { output });
  });
  afterAll(() => {
    applied.remove();
  });

  function apply(ips: readonly string[], ips6: readonly string[]): ReturnType<AppliedStack["triggers"]> {
    expect(applied.apply({ ips, ips6 })).toMatchObject({ status: 0 });
    const triggers = applied.triggers("lb_host_config");
    expect(keepalivedVerdict(triggers.texts[CONF] ?? "")).toEqual(CLEAN);
    return triggers;
  }

  test("the files and the rules are right for none, one and more, and work is done again for them alone", () => {
    const first = apply(["10.0.0.22", "10.0.0.21"], []);
    expect(first.texts[CONF]).toMatchSnapshot("two and none");
    expect(applied.output("rules")).toMatchSnapshot("two and none: rules");
    expect(first.texts["plan"]?.match(/^adaptive .*$/gm)).toEqual([
      "adaptive -a -t 10.0.0.100:80 -r 10.0.0.21:80",
      "adaptive -a -t 10.0.0.100:80 -r 10.0.0.22:80",
      "adaptive -a -t 10.0.0.101:80 -r 10.0.0.21:80",
      "adaptive -a -t 10.0.0.101:80 -r 10.0.0.22:80",
      "adaptive -a -t [2001:db8::100]:80 -r [2001:db8::1]:80",
    ]);
    expect(apply(["10.0.0.21", "10.0.0.22", "10.0.0.21"], [])).toEqual(first);

    const grown = apply(["10.0.0.21", "10.0.0.22", "10.0.0.23"], ["2001:DB8:0::3", "2001:db8::2", "2001:db8::3"]);
    expect(grown.id).not.toBe(first.id);
    expect(grown.texts[CONF]?.match(/real_server .*(?= \{)/g)).toEqual([
      "real_server 10.0.0.21 80",
      "real_server 10.0.0.22 80",
      "real_server 10.0.0.23 80",
      "real_server 2001:db8::1 80",
      "real_server 2001:db8::2 80",
      "real_server 2001:db8::3 80",
    ]);
    expect(applied.output("rules")).toContain("-r [2001:db8::3]:80 -g -w 1\n");

    const empty = apply([], []);
    expect(empty.texts[CONF]).toMatchSnapshot("empty");
    expect(applied.output("rules")).toBe(
      "-A -t [2001:db8::100]:80 -s wlc\n-a -t [2001:db8::100]:80 -r [2001:db8::1]:80 -g -w 1\n",
    );
    expect(apply(["10.0.0.22", "10.0.0.21"], []).texts).toEqual(first.texts);
  });

  const addresses = "must hold IPv4 addresses, like its VIP, got";
  test.each([
    ["a name", ["web1"], [], `10.0.0.100:80/tcp, 10.0.0.101:80/tcp: the list of real servers ${addresses} web1`],
    ["a line break", ["10.0.0.1\n"], [], addresses],
    ["another family", ["2001:db8::1"], [], addresses],
    ["another family for IPv6", [], ["10.0.0.21"], "must hold IPv6 addresses, like its VIP, got 10.0.0.21"],
    ["a VIP", ["10.0.0.101"], [], "must not be in the list of real servers, got 10.0.0.101"],
    ["a real server that is there", [], ["2001:db8::1"], "must not be in the list of real servers, got 2001:db8::1"],
  ])("%s in a list stops before anything is done", (_title, ips, ips6, message) => {
    const { status, output: said } = applied.apply({ ips, ips6 });
    expect(status).toBe(1);
    expect(said.replaceAll(/[\s│]+/g, " ")).toContain(message);
  });

  test("a token with a line break is still found beside lists", () => {
    const { status, output: said } = applied.apply({ ips: ["10.0.0.21"], ips6: [], page: "/a\nb" });
    expect(status).toBe(1);
    expect(said).toContain("has a line break in it");
  });
});

describeWithOracles("lists of another resource", ["terraform"], () => {
  test("are taken although nobody knows them when the plan is made", () => {
    const stack = newStack();
    const ips = new TerraformVariable(stack, "ips", { type: "list(string)" });
    const group = new InstanceGroup(stack, "group", ips.listValue);
    const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, vipInterface: "eth0" });
    const servers = new UnmanagedRealServers(stack, "servers", { addresses: group.privateIps });
    new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 }).addRealServers(servers);
    const applied = new AppliedStack(Testing.synth(stack, true));
    const realServers = (): unknown =>
      applied.triggers("lb_host_config").texts[CONF]?.match(/(?<=real_server )\S+/g) ?? [];
    for (const list of [["10.0.0.21"], ["10.0.0.22", "10.0.0.21"], [], ["10.0.0.23"]]) {
      expect(applied.apply({ ips: list })).toMatchObject({ status: 0 });
      expect(realServers()).toEqual([...list].sort());
    }
    applied.remove();
  });
});
