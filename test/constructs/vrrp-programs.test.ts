import type { TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  SyncGroup,
  TableOwner,
  VirtualService,
  VrrpInstance,
  type HaPairProps,
} from "../../src";
import { confLines, hostFiles, newStack, ssh, synthError, synthesize } from "../support/stacks";

const text = "#!/bin/sh\n";

function stackOf(props: Partial<HaPairProps>, more: (lb: HaPair, stack: TerraformStack) => void = () => undefined) {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  more(lb, stack);
  return stack;
}

/** The scripts on the primary, by their names. */
function scripts(stack: TerraformStack): Record<string, string> {
  const folder = "/etc/cdktf-lvs/director/scripts/";
  return Object.fromEntries(
    Object.entries(hostFiles(synthesize(stack))).flatMap(([name, script]) => {
      const [local = "", path = ""] = name.split(" ");
      return local.startsWith("lb_primary") && path.startsWith(folder) ? [[path.slice(folder.length), script]] : [];
    }),
  );
}

test("scripts of instances and groups are files with names of their own, those that are tracked are shared", () => {
  const trackScripts = [{ name: "web", script: { text } }];
  const stack = stackOf({ trackScripts, notify: { any: { text: `${text}# lb` } } }, (lb, root) => {
    const api = new VrrpInstance(root, "api", {
      pair: lb,
      virtualRouterId: 52,
      vips: ["10.0.0.101"],
      trackScripts,
      notify: { any: { text: `${text}# api` } },
    });
    new SyncGroup(root, "together", { instances: [lb, api], notify: { master: { text: `${text}# both` } } });
  });
  expect(scripts(stack)).toEqual({
    "track-web": text,
    "lb-any": `${text}# lb`,
    "api-any": `${text}# api`,
    "together-master": `${text}# both`,
  });
  expect(confLines(stack, "vrrp_script", "script", "notify", "notify_master")["lb_primary"]).toEqual([
    'vrrp_script "web" {',
    'script "/etc/cdktf-lvs/director/scripts/track-web"',
    `notify_master "/etc/cdktf-lvs/director/scripts/together-master 'GROUP' 'together' 'MASTER'"`,
    'notify "/etc/cdktf-lvs/director/scripts/lb-any"',
    'notify "/etc/cdktf-lvs/director/scripts/api-any"',
  ]);
});

test("under a cloud the host knows what moves the VIPs", () => {
  const stack = stackOf({ cloud: { moveAddress: { text } } });
  expect(scripts(stack)).toEqual({
    "lb-move-address": text,
    "lb-move-addresses": "#!/bin/sh\nexec /etc/cdktf-lvs/director/scripts/lb-move-address '10.0.0.100'\n",
  });
  const plans = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => /^lb_.* plan$/.test(name));
  expect(plans.map(([, plan]) => plan.split("\n").filter((line) => line.startsWith("vrrp_hook")))).toEqual([
    ["vrrp_hook lb /etc/cdktf-lvs/director/scripts/lb-move-addresses"],
    ["vrrp_hook lb /etc/cdktf-lvs/director/scripts/lb-move-addresses"],
  ]);
});

test("the directors are BFD neighbors of each other where that is tracked", () => {
  const keywords = ["bfd_instance", "neighbor_ip", "source_ip", "director-primary", "director-secondary"];
  expect(confLines(stackOf({ trackBfd: true }), ...keywords)).toEqual({
    lb_primary: [
      'bfd_instance "director-secondary" {',
      "neighbor_ip 10.0.0.12",
      "source_ip 10.0.0.11",
      "director-secondary weight 10",
    ],
    lb_secondary: [
      'bfd_instance "director-primary" {',
      "neighbor_ip 10.0.0.11",
      "source_ip 10.0.0.12",
      "director-primary weight 10",
    ],
  });
});

test("one name for two things anywhere on a director is refused", () => {
  const file = { name: "load", path: "/run/load" };
  const stack = stackOf({ trackFiles: [{ file }] }, (lb, root) => {
    const trackFiles = [{ file: { ...file, path: "/run/other" } }];
    const notify = { any: { text, name: "own" }, master: { text: `${text}#`, name: "own" } };
    new VrrpInstance(root, "api", { pair: lb, virtualRouterId: 52, vips: ["10.0.0.101"], trackFiles, notify });
  });
  const error = synthError(stack);
  const again = (kind: string, name: string): string =>
    `must be the name of one ${kind}, got '${name}' for a second one`;
  expect(error).toContain(
    `[stack/lb] VRRP instance 'api' notify.any: ${again("script", "own")}; VRRP instance 'api' notify.master has it already`,
  );
  expect(error).toContain(
    `[stack/lb] VRRP instance 'api' trackFiles[0]: ${again("track file", "load")}; VRRP instance 'lb' trackFiles[0] has it already`,
  );
});

test("delays of an interface are measured against the adverts of its instances", () => {
  const error = synthError(
    stackOf({
      keepalivedVersion: "2.2.7",
      advertIntervalSeconds: 0.1,
      interfaceDelays: [{ interface: "eth0", downSeconds: 0.2 }],
    }),
  );
  expect(error).toContain(
    "[stack/lb] interfaceDelays[0].downSeconds: must be below 0.2 seconds, 2 adverts of 'lb', got 0.2; another director would take over before",
  );
});

test("settings of keepalived are refused where plain ipvsadm rules own the table", () => {
  const stack = newStack();
  const lb = new Director(stack, "lb", {
    address: "10.0.0.11",
    connection: ssh,
    tableOwner: TableOwner.IPVSADM,
    mail: { to: ["a@example.org"], server: "10.0.0.25" },
    snmp: { checker: true },
    processes: {},
    dbus: false,
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  const lines = synthError(stack).split("\n");
  expect(lines.filter((line) => line.includes("ipvsadm")).map((line) => line.trim())).toEqual([
    "[stack/lb] mail: must not be set under ipvsadm, got mails of keepalived; leave it out",
    "[stack/lb] snmp: must not be set under ipvsadm, got what keepalived tells an agent; leave it out",
    "[stack/lb] processes: must not be set under ipvsadm, got settings of keepalived's processes; leave it out",
    "[stack/lb] dbus: must not be set under ipvsadm, got what keepalived shows there; leave it out",
  ]);
});

test("a lone director sends mails too", () => {
  const stack = newStack();
  const mail = { to: ["a@example.org"], server: "10.0.0.25", checkerAlerts: true };
  const lb = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, mail });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  expect(confLines(stack, "smtp_server", "smtp_alert_checker")).toEqual({
    lb_host: ["smtp_server 10.0.0.25", "smtp_alert_checker true"],
  });
});
