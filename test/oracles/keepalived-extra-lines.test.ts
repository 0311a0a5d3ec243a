import { Director, DrRealServer, HaPair, HealthCheck, VirtualService, type DirectorSettings } from "../../src";
import { keepalivedConfs, keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { hostText, newStack, ssh, synthError } from "../support/stacks";

const settings: DirectorSettings = {
  extraGlobalDefs: ["vrrp_version 3", "checker_log_all_failures true"],
  extraBlocks: ["static_routes {", "    192.0.2.0/24 via 10.0.0.1 dev eth0", "}"],
  extraFiles: [{ path: "/etc/motd.d/lvs", text: "hello\n", mode: "640" }],
};

function pairWithLines() {
  const stack = newStack();
  const director = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    extraLines: ["higher_prio_send_advert true"],
    ...settings,
  });
  const web = new VirtualService(stack, "web", {
    director,
    vip: "10.0.0.100",
    port: 80,
    extraLines: ["retry 2", 'virtualhost "www.example.org"'],
  });
  const file = { path: "/etc/motd.d/web", text: "web\n" };
  const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, extraFiles: [file] });
  web.addRealServer(server, { extraLines: ["warmup 3"] });
  return stack;
}

test("lines of the user's own are marked, in the block that they are for", () => {
  const conf = hostText(pairWithLines(), "lb_primary", "/etc/keepalived/keepalived.conf") ?? "";
  expect(conf).toContain(`    # extra lines
    vrrp_version 3
    checker_log_all_failures true
}
`);
  expect(conf).toContain(`    # extra lines
    higher_prio_send_advert true
`);
  expect(conf).toContain(`    # extra lines
    retry 2
    virtualhost "www.example.org"
    real_server 10.0.0.21 80 {
`);
  expect(conf).toContain(`        # extra lines
        warmup 3
    }
`);
  expect(
    conf.endsWith(`}

# extra lines
static_routes {
    192.0.2.0/24 via 10.0.0.1 dev eth0
}
`),
  ).toBe(true);
});

test("files of the user's own are on the hosts they are for", () => {
  const stack = pairWithLines();
  expect(hostText(stack, "lb_secondary", "/etc/motd.d/lvs")).toBe("hello\n");
  expect(hostText(stack, "web1", "/etc/motd.d/web")).toBe("web\n");
  expect(hostText(stack, "web1", "/etc/motd.d/lvs")).toBeUndefined();
});

test("plain ipvsadm has no keepalived.conf to add to", () => {
  const stack = newStack();
  new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, tableOwner: "ipvsadm" as never, ...settings });
  expect(synthError(stack)).toContain(
    "[stack/lb] extraBlocks: must not be set under ipvsadm, got lines for keepalived.conf; leave it out",
  );
});

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test("reads the extra lines too", () => {
    expect(keepalivedConfs(pairWithLines()).map(keepalivedVerdict)).toEqual([CLEAN, CLEAN]);
  });

  test("reads a certificate for its checks, and a whole check in place of one of ours", () => {
    const stack = newStack();
    const extraBlocks = [
      "SSL {",
      "    ca /etc/ssl/ca.pem",
      "    certificate /etc/ssl/lb.pem",
      "    key /etc/ssl/lb.key",
      "}",
    ];
    const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, extraBlocks });
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 443 });
    web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }), {
      healthCheck: HealthCheck.none(),
      extraLines: ["SSL_GET {", "    enable_sni", "    url {", "        path /", "    }", "}"],
    });
    expect(keepalivedConfs(stack).map(keepalivedVerdict)).toEqual([CLEAN]);
  });

  test("judges them: a word that it does not know", () => {
    const [conf = ""] = keepalivedConfs(pairWithLines());
    expect(keepalivedVerdict(conf.replace("warmup 3", "warmpu 3")).status).not.toBe(0);
  });
});
