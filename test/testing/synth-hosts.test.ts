import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { App, Fn, Lazy, TerraformStack, TerraformVariable } from "cdktf";
import { CarrierType, DrRealServer, HealthCheck, PlanDetail, VirtualService } from "../../src";
import { synthHosts } from "../../src/testing";
import { hostFiles, newStack, ssh, synthesize } from "../support/stacks";
import { addPlainDirector, unknownText, webStack } from "../support/web-stack";

const CONF = "/etc/keepalived/keepalived.conf";

test("what a director is to have", () => {
  const hosts = synthHosts(webStack().stack);
  const { files, services, ...primary } = hosts.host("web/lb/primary");
  expect(primary).toEqual({
    path: "web/lb/primary",
    role: "director",
    address: "192.0.2.11",
    decommissioned: false,
    interfaces: ["eth0"],
    packages: ["ipvsadm", "iproute2", "keepalived"],
    units: ["keepalived.service"],
    sysctls: {
      "net/ipv4/vs/expire_nodest_conn": "1",
      "net/ipv4/vs/expire_quiescent_template": "1",
      "net/ipv4/vs/sync_threshold": "0 2",
      "net/ipv4/vs/sync_refresh_period": "10",
      "net/ipv4/vs/sync_retries": "0",
    },
    vips: [{ address: "192.0.2.100", device: "eth0", vrrpInstance: "lb" }],
    ipvsRules: [
      "-A -t 192.0.2.100:80 -s wlc",
      "-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 2",
      "-a -t 192.0.2.100:80 -r 192.0.2.22:80 -g -w 1",
    ],
  });
  expect(files.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    "644 /etc/modules-load.d/cdktf-lvs.conf",
    "644 /etc/sysctl.d/99-cdktf-lvs.conf",
    "600 /etc/keepalived/keepalived.conf",
    "644 /etc/systemd/system/keepalived.service.d/cdktf-lvs.conf",
  ]);
  expect(services).toEqual([hosts.service("web")]);
});

test("what a real server is to have", () => {
  const web1 = synthHosts(webStack().stack).host("web1");
  expect(web1.vips).toEqual([{ address: "192.0.2.100", device: "lo" }]);
  expect(web1.units).toEqual(["cdktf-lvs-vips.service"]);
  expect([web1.ipvsRules, web1.services]).toEqual([[], []]);
});

test("nothing is on a host that is decommissioned", () => {
  const web3 = synthHosts(webStack().stack).host("web3");
  expect(web3.decommissioned).toBe(true);
  expect([...web3.files, ...web3.packages, ...web3.units, ...web3.vips]).toEqual([]);
  expect([web3.interfaces, web3.sysctls, web3.ipvsRules]).toEqual([[], {}, []]);
});

test("directors first, then by path with numbers as numbers; a pair as it takes over", () => {
  const { stack, lb } = webStack();
  addPlainDirector(stack);
  const more = new VirtualService(stack, "more", { director: lb, vip: "192.0.2.101", port: 80 });
  more.addRealServer(new DrRealServer(stack, "web10", { address: "192.0.2.30", connection: ssh }));
  expect(synthHosts(stack).hosts.map(({ path }) => path)).toEqual([
    "web/lb/primary",
    "web/lb/secondary",
    "web/plain",
    "web/dns1",
    "web/web1",
    "web/web2",
    "web/web3",
    "web/web10",
  ]);
});

const deliveries = [
  {},
  { planDetail: PlanDetail.DIGESTS },
  { carrier: CarrierType.NULL_RESOURCE, planDetail: PlanDetail.DIGESTS },
];

test.each(deliveries)("texts are those that Terraform gets, with delivery %j", (delivery) => {
  const { stack } = webStack({}, delivery);
  const given = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => name.includes(" /"));
  const { hosts } = synthHosts(stack);
  const shown = hosts.flatMap(({ path, files }) =>
    files.map((file) => [`${path.replace("web/", "").replace("/", "_")} ${file.path}`, file.text]),
  );
  expect(Object.fromEntries(shown)).toEqual(
    Object.fromEntries(given.map(([name, text]) => [name.replace(/(_host)?_files_\w+/, ""), text])),
  );
});

test("what only apply knows is its expression, in every spelling", () => {
  const { stack, lb } = webStack();
  const vip = unknownText(stack, "vip");
  const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
  const healthCheck = HealthCheck.http({ path: `/${port}` });
  const other = new VirtualService(stack, "other", { director: lb, vip, port, healthCheck });
  other.addRealServer(new DrRealServer(stack, "web4", { address: Fn.element([vip], 0) as string, connection: ssh }));
  const hosts = synthHosts(stack);
  expect(hosts.service("other")).toMatchObject({ vip: "${var.vip}", port: "${var.port}" });
  const primary = hosts.host("lb/primary");
  expect(primary.ipvsRules.slice(-2)).toEqual([
    "-A -t ${var.vip}:${var.port} -s wlc",
    "-a -t ${var.vip}:${var.port} -r ${element([var.vip], 0)}:${var.port} -g -w 1",
  ]);
  expect(primary.file(CONF).text).toContain('path "/${var.port}"');
  expect(primary.file(CONF).text).toContain("\nvirtual_server ${var.vip} ${var.port} {\n");
  expect(hosts.host("web4").address).toBe("${element([var.vip], 0)}");
});

test("text that only looks like Terraform's is shown as it will stand on the host", () => {
  const healthCheck = HealthCheck.http({ path: "/${x}%{y}", host: "%{z}" });
  const { text } = synthHosts(webStack({ healthCheck }).stack).host("lb/primary").file(CONF);
  expect(text).toContain('path "/${x}%{y}"');
  expect(text).toContain('virtualhost "%{z}"');
});

test("a value of another stack is named as it gets here, on both frameworks", () => {
  const { stack, lb } = webStack();
  const network = new TerraformStack(App.of(stack), "network");
  new NullProvider(network, "null");
  const vip = new Resource(network, "vip");
  const other = new VirtualService(stack, "other", { director: lb, vip: vip.id, port: 80 });
  other.addRealServer(new DrRealServer(stack, "web4", { address: "192.0.2.24", connection: ssh }));
  const output = "cross-stack-reference-input-network.outputs.cross-stack-output-null_resourcevipid";
  expect(synthHosts(stack).service("other").vip).toBe(`\${data.terraform_remote_state.${output}}`);
});

test("secrets never show", () => {
  const { stack, lb } = webStack();
  const vip = Lazy.stringValue({ produce: () => '${sensitive("hunter2")}' });
  const other = new VirtualService(stack, "other", { director: lb, vip, port: 80 });
  other.addRealServer(new DrRealServer(stack, "web4", { address: "192.0.2.24", connection: ssh }));
  const hosts = synthHosts(stack);
  expect(hosts.service("other").vip).toBe("(sensitive)");
  const { text, placeholders } = hosts.host("lb/primary").file(CONF);
  expect(placeholders).toEqual(["(sensitive VRRP password)"]);
  expect(text).toContain('auth_pass "(sensitive VRRP password)"');
  expect(JSON.stringify(hosts)).not.toMatch(/hunter2|var\.password/);
});

test("all that is wrong is in one error", () => {
  const { stack } = webStack({ port: 0 });
  new DrRealServer(stack, "bad", { address: "nowhere", connection: ssh });
  expect(() => synthHosts(stack)).toThrow(
    /\[web\/web\] port: must be .*\n.*\[web\/bad\] address: must be an IPv4 or IPv6 address, got 'nowhere'/s,
  );
});

test("what is not there is told with what is", () => {
  const hosts = synthHosts(webStack().stack);
  expect(() => hosts.host("web9")).toThrow(
    new Error("there is no host 'web9', but\n  web/lb/primary\n  web/lb/secondary\n  web/web1\n  web/web2\n  web/web3"),
  );
  expect(() => hosts.service("dns")).toThrow(new Error("there is no virtual service 'dns', but\n  web/web"));
  expect(() => hosts.host("web1").file("/etc/x")).toThrow(
    new Error(
      "web/web1 gets no file /etc/x, but\n  /etc/sysctl.d/99-cdktf-lvs.conf\n  /etc/systemd/system/cdktf-lvs-vips.service",
    ),
  );
});

test("hosts of other stacks are theirs, though services may be elsewhere than their director", () => {
  const { stack, lb } = webStack();
  const inner = new TerraformStack(stack, "inner");
  const other = new VirtualService(inner, "other", { director: lb, vip: "192.0.2.101", port: 80 });
  other.addRealServer(new DrRealServer(inner, "web4", { address: "192.0.2.24", connection: ssh }));
  const hosts = synthHosts(stack);
  expect(hosts.hosts.map(({ path }) => path)).not.toContain("web/inner/web4");
  expect(hosts.service("web/inner/other").realServers[0]?.address).toBe("192.0.2.24");
});

test("a stack without hosts has none", () => {
  expect(synthHosts(newStack()).hosts).toEqual([]);
});
