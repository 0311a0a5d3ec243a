import { Deferred } from "../../src/model/deferred";
import { networkPart } from "../../src/provisioners/parts/network";
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

test("links, routes and rules are there once, in the order of the parts", () => {
  const object = (add: string) => ({ add, delete: `not ${add}`, show: "", text: add });
  const joined = joinParts([{ objects: [object("a"), object("b")] }, { objects: [object("b"), object("c")] }]);
  expect(joined.objects.map(({ add }) => add)).toEqual(["a", "b", "c"]);
});

test("the unit of a host makes each of its links, routes and rules once", () => {
  const rule = { add: "rule add x", delete: "rule delete x", show: "rule show", text: "x" };
  const { objects, files = [] } = networkPart({ objects: [rule, { ...rule }] });
  expect(objects).toEqual([rule]);
  expect(files[0]?.text.match(/^Exec.*$/gm)).toEqual(["ExecStart=ip rule add x", "ExecStop=-ip rule delete x"]);
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
