import { Deferred } from "../../src/model/deferred";
import { Protocol } from "../../src/model/protocol";
import { replySources, uniqueSources, type ReplySource } from "../../src/model/return-path";

const { TCP, UDP } = Protocol;
const token = new Deferred("${port}");

test.each<[string, Parameters<typeof replySources>, readonly ReplySource[] | undefined]>([
  ["the port of the service", [{ port: 80 }, undefined], [{ protocol: TCP, ports: 80 }]],
  ["the port of the real server", [{ port: 80, protocol: UDP }, 8080], [{ protocol: UDP, ports: 8080 }]],
  [
    "all ports but that of the login",
    [{ allPorts: true }, undefined],
    [
      { protocol: TCP, ports: "1-21" },
      { protocol: TCP, ports: "23-65535" },
    ],
  ],
  ["marked ports", [{ firewallMark: { mark: 1, ports: [80] } }, undefined], [{ protocol: TCP, ports: 80 }]],
  ["a mark that others set", [{ firewallMark: { mark: 1 } }, undefined], undefined],
])("replies come from %s", (_title, [service, port], sources) => {
  expect(replySources(service, port)).toEqual(sources);
});

test.each<[string, readonly ReplySource["ports"][], readonly ReplySource["ports"][]]>([
  ["a port", [80, 443, 80], [80, 443]],
  ["a port in words", [80, "80"], [80]],
  ["a range", ["50000-50100", "50000-50100"], ["50000-50100"]],
  ["a range of one port, which the kernel shows as the port", ["80-80", 80], [80]],
  ["a port known only at apply", [token, new Deferred("${port}")], [token]],
])("%s is a source once", (_title, given, kept) => {
  const sources = (ports: typeof given): ReplySource[] => ports.map((one) => ({ protocol: TCP, ports: one }));
  expect(uniqueSources(sources(given))).toEqual(sources(kept));
});

test("a port of two protocols is two sources", () => {
  const sources = [TCP, UDP].map((protocol) => ({ protocol, ports: 53 }));
  expect(uniqueSources(sources)).toEqual(sources);
});
