import { Deferred } from "../../src/model/deferred";
import { joinParts } from "../../src/provisioners/plan-part";

test("nothing makes an empty plan, without files", () => {
  const none = {
    interfaces: [],
    packages: [],
    files: [],
    sysctls: [],
    objects: [],
    held: [],
    units: [],
  };
  expect(joinParts([])).toEqual(none);
  expect(joinParts([{}, { modules: [], sysctls: [] }])).toEqual(none);
});

test("interfaces, packages, modules and units are there once, in the order of the parts", () => {
  const eth0 = new Deferred("${eth0}");
  const ip = { name: "iproute2", command: "ip" };
  const joined = joinParts([
    { interfaces: [eth0, "eth1"], packages: [ip], modules: ["ip_vs"], units: ["a.service"] },
    { interfaces: ["eth1", new Deferred("${eth0}")], packages: [ip], modules: ["ipip", "ip_vs"], units: ["a.service"] },
  ]);
  expect(joined).toEqual({
    interfaces: [eth0, "eth1"],
    packages: [ip],
    files: [{ path: "/etc/modules-load.d/cdktf-lvs.conf", mode: "644", text: "ip_vs\nipip\n" }],
    sysctls: [],
    objects: [],
    held: [],
    units: ["a.service"],
  });
});

test("of a kernel setting the last part has its way", () => {
  const joined = joinParts([
    { sysctls: [{ key: "net/ipv4/ip_forward", value: "0" }] },
    { sysctls: [{ key: "net/ipv4/ip_forward", value: "1" }] },
  ]);
  expect(joined.sysctls).toEqual([{ key: "net/ipv4/ip_forward", value: "1" }]);
  expect(joined.files).toEqual([
    { path: "/etc/sysctl.d/99-cdktf-lvs.conf", mode: "644", text: "net/ipv4/ip_forward = 1\n" },
  ]);
});
