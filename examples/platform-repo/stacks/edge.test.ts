import { Testing } from "cdktf";
import { synthHosts } from "cdktf-lvs/testing";
import { sites } from "../settings";
import { Edge } from "./edge";

// What production gets, line by line. After a change: `npm test -- -u`, and the pull request shows the difference.
test("files of production", () => {
  expect(synthHosts(new Edge(Testing.app(), "edge", sites.production))).toMatchSnapshot();
});

describe.each(Object.entries(sites))("%s", (_, site) => {
  const hosts = synthHosts(new Edge(Testing.app(), "edge", site));

  test("keepalived takes its configuration", () => {
    expect(hosts).toBeValidKeepalivedConf();
  });

  test("a client has one web server for HTTP and HTTPS", () => {
    const { vip } = site.web;
    expect(hosts).toHaveVirtualService({
      vip,
      firewallMark: { mark: 1, ports: [80, 443] },
      persistence: { timeoutSeconds: 600 },
    });
  });

  test.each(["UDP", "TCP"] as const)("names are resolved over %s", (protocol) => {
    expect(hosts).toHaveVirtualService({ vip: site.dns.vip, port: 53, protocol });
  });

  test("one web server may fail", () => {
    const serving = Object.values(site.web.servers).filter(({ weight }) => weight > 0);
    expect(serving.length).toBeGreaterThan(1);
  });
});
