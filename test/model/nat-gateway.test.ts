import { Deferred, type Deferrable } from "../../src/model/deferred";
import { takenGatewayProblems, type NatGateway } from "../../src/model/nat-gateway";

const token = new Deferred("${gateway}");
const taken: { path: string; address: Deferrable<string> }[] = [
  { path: "primary.address", address: "10.1.0.11" },
  { path: "secondary.address", address: "2001:db8:1::12" },
  { path: "furtherBackups[0].address", address: token },
];

test.each<[string, NatGateway | undefined]>([
  ["no gateway", undefined],
  ["addresses of its own", { interface: "eth1", address: "10.1.0.254", ipv6Address: "2001:db8:1::254" }],
  ["another token", { interface: "eth1", address: new Deferred("${other}") }],
])("accepts %s", (_title, gateway) => {
  expect(takenGatewayProblems("natGateway", gateway, taken)).toEqual([]);
});

test.each<[string, Partial<NatGateway>, string, string]>([
  [
    "an address of somebody else",
    { address: "10.1.0.11" },
    "natGateway.address",
    "must be an address of its own, got '10.1.0.11'; it is primary.address",
  ],
  [
    "an IPv6 address in another spelling",
    { ipv6Address: "2001:DB8:1:0::12" },
    "natGateway.ipv6Address",
    "must be an address of its own, got '2001:DB8:1:0::12'; it is secondary.address",
  ],
  [
    "the same token",
    { address: token },
    "natGateway.address",
    "must be an address of its own, got a value known only at apply; it is furtherBackups[0].address",
  ],
])("refuses %s", (_title, gateway, path, message) => {
  const problems = takenGatewayProblems("natGateway", { interface: "eth1", ...gateway }, taken);
  expect(problems).toEqual([{ path, message }]);
});
