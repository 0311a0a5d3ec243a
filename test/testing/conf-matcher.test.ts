import { TerraformVariable } from "cdktf";
import { HealthCheck, UnmanagedRealServers, VirtualService } from "../../src";
import { lvsMatchers, synthHosts } from "../../src/testing";
import { listsIn, withLists } from "../../src/testing/directives";
import { describeWithOracles } from "../support/oracles";
import { newStack } from "../support/stacks";
import { addPlainDirector, unknownText, webStack } from "../support/web-stack";

expect.extend(lvsMatchers);

function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the assertion holds");
}

/** A line that keepalived does not know gets past the library in a block of the user's own. */
function wrongStack(): ReturnType<typeof webStack>["stack"] {
  return webStack({ extraLines: ["no_such_keyword 1"] }).stack;
}

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test("takes every director of a stack, with its password and its scripts, and any interface", () => {
    const script = { text: "#!/bin/sh\nexit 0\n" };
    const { stack } = webStack({ healthCheck: HealthCheck.misc({ script }) });
    addPlainDirector(stack);
    const hosts = synthHosts(stack);
    expect(hosts).toBeValidKeepalivedConf();
    expect(hosts.host("lb/secondary")).toBeValidKeepalivedConf();
    expect(failure(() => expect(hosts.host("lb/primary")).not.toBeValidKeepalivedConf())).toBe(
      "expected keepalived to refuse the configuration of web/lb/primary, but it takes it",
    );
  });

  test("what keepalived says of each director is the message", () => {
    const hosts = synthHosts(wrongStack());
    expect(hosts).not.toBeValidKeepalivedConf();
    expect(failure(() => expect(hosts).toBeValidKeepalivedConf()).replace(/Line \d+/g, "Line N")).toBe(
      `expected a configuration that keepalived takes, but it says of
  web/lb/primary, exit status 5
    (keepalived.conf: Line N) Unknown keyword 'no_such_keyword'
  web/lb/secondary, exit status 5
    (keepalived.conf: Line N) Unknown keyword 'no_such_keyword'`,
    );
  });

  test("values stand in for what only apply knows", () => {
    const stack = newStack("web");
    const device = unknownText(stack, "device");
    const made = webStack({ vip: unknownText(stack, "vip") }, {}, [], device, stack);
    const values = { "${var.vip}": "192.0.2.100", "${var.device}": "bond0.12" };
    expect(synthHosts(made.stack)).toBeValidKeepalivedConf({ values });
    expect(synthHosts(made.stack)).not.toBeValidKeepalivedConf({ values: { ...values, "${var.vip}": "nowhere" } });
  });
});

describeWithOracles("keepalived -t with lists", ["keepalived", "network namespaces (needs root)"], () => {
  const { stack, web } = webStack();
  for (const name of ["blue", "green"]) {
    const addresses = new TerraformVariable(stack, name, { type: "list(string)" }).listValue;
    const other = new VirtualService(stack, `of-${name}`, {
      director: web.director,
      vip: "192.0.2.101",
      port: 80 + name.length,
    });
    other.addRealServers(new UnmanagedRealServers(stack, `${name}-servers`, { addresses }));
  }
  const hosts = synthHosts(stack);
  const [blue = "", green = ""] = listsIn(hosts.host("lb/primary").file("/etc/keepalived/keepalived.conf").text).filter(
    (name, index, all) => all.indexOf(name) === index,
  );

  test("values of lists are repeated, and none leave nothing", () => {
    const values = { [blue]: ["192.0.2.21", "192.0.2.22", "192.0.2.21"], [green]: [] };
    expect(hosts).toBeValidKeepalivedConf({ values });
    expect(hosts).not.toBeValidKeepalivedConf({ values: { ...values, [green]: ["nowhere"] } });
  });

  test("a list without a value is told", () => {
    expect(
      failure(() => expect(hosts.host("lb/primary")).toBeValidKeepalivedConf({ values: { [blue]: [] } })),
    ).toContain(`only apply knows\n  web/lb/primary: ${green}\n`);
  });
});

test("text that is repeated, or left out, for lists of which some are known", () => {
  const text =
    "%{ if length(local.a) + length(local.b) > 0 }x %{ for address in local.a }<${address}>%{ endfor }%{ endif }";
  expect(listsIn(text)).toEqual(["${local.a}", "${local.a}", "${local.b}"]);
  expect(withLists(text, { "${local.a}": ["2", "1", "2"], "${local.b}": [] })).toBe("x <1><2>");
  expect(withLists(text, { "${local.a}": [], "${local.b}": ["1"] })).toBe("x ");
  expect(withLists(text, { "${local.a}": [], "${local.b}": [] })).toBe("");
  expect(withLists(text, { "${local.a}": [] })).toBe("%{ if length(local.a) + length(local.b) > 0 }x %{ endif }");
});

test("a configuration that only apply knows is refused, and what is unknown is told", () => {
  const stack = newStack("web");
  const hosts = synthHosts(webStack({ vip: unknownText(stack, "vip") }, {}, [], "eth0", stack).stack);
  const message = `expected a configuration that is known in full, but only apply knows
  web/lb/primary: \${var.vip}
  web/lb/secondary: \${var.vip}
give a value for each: toBeValidKeepalivedConf({ values: { "\${...}": "192.0.2.100" } })`;
  expect(failure(() => expect(hosts).toBeValidKeepalivedConf())).toBe(message);
  expect(failure(() => expect(hosts).not.toBeValidKeepalivedConf())).toBe(message);
});

test("what has no keepalived.conf is refused", () => {
  const refused =
    "toBeValidKeepalivedConf() needs what synthHosts() returns, or one of its hosts, with keepalived on a director";
  const { stack } = webStack();
  addPlainDirector(stack);
  const hosts = synthHosts(stack);
  expect(() => expect(hosts.host("plain")).toBeValidKeepalivedConf()).toThrow(new TypeError(refused));
  expect(() => expect(hosts.host("web1")).toBeValidKeepalivedConf()).toThrow(new TypeError(refused));
  expect(() => expect("global_defs {\n}").toBeValidKeepalivedConf()).toThrow(new TypeError(refused));
});
