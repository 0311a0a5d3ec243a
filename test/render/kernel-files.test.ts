import { modulesLoadConf } from "../../src/render/modules-load-conf";
import { sysctlConf } from "../../src/render/sysctl-conf";

describe("modulesLoadConf", () => {
  test("one module per line", () => {
    expect(modulesLoadConf(["ip_vs", "ip_vs_rr", "ip_vs_wlc"])).toBe("ip_vs\nip_vs_rr\nip_vs_wlc\n");
  });

  test("no modules are no text", () => {
    expect(modulesLoadConf([])).toBe("");
  });
});

describe("sysctlConf", () => {
  test("one setting per line, every interface as a star", () => {
    const sysctls = [
      { key: "net/ipv4/conf/*/arp_ignore", value: "1" },
      { key: "net/ipv4/vs/expire_nodest_conn", value: "0" },
    ];
    expect(sysctlConf(sysctls)).toBe("net/ipv4/conf/*/arp_ignore = 1\nnet/ipv4/vs/expire_nodest_conn = 0\n");
  });

  test("no settings are no text", () => {
    expect(sysctlConf([])).toBe("");
  });
});
