import type { TerraformStack } from "cdktf";
import { Director, DrRealServer, VirtualService } from "../../src";
import { hostText, newStack, ssh, synthError } from "../support/stacks";

function directorOn(stack: TerraformStack): Director {
  return new Director(stack, "lb", { address: "10.0.0.11", connection: ssh });
}

test("a real server of both families: each service reaches it by the address of its own family", () => {
  const stack = newStack();
  const director = directorOn(stack);
  const server = new DrRealServer(stack, "web1", {
    address: "10.0.0.21",
    ipv6Address: "2001:db8::21",
    connection: ssh,
  });
  new VirtualService(stack, "one", { director, vip: "10.0.0.100", port: 80 }).addRealServer(server);
  new VirtualService(stack, "two", { director, vip: "2001:db8::100", port: 80 }).addRealServer(server);
  expect(hostText(stack, "lb", "rules")).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
-A -t [2001:db8::100]:80 -s wlc
-a -t [2001:db8::100]:80 -r [2001:db8::21]:80 -g -w 1
`);
  expect(hostText(stack, "web1", "plan")).toBe(`host stack/web1 (10.0.0.21)
role real-server
address 10.0.0.21
package iproute2 ip
sysctl net/ipv4/conf/*/arp_ignore 1
sysctl net/ipv4/conf/*/arp_announce 2
vip 10.0.0.100 lo
vip 2001:db8::100 lo
unit cdktf-lvs-vips.service
`);
});

test("an ipv6Address that is none, and a service of the other family without one", () => {
  const stack = newStack();
  const director = directorOn(stack);
  const one = new DrRealServer(stack, "web1", { address: "10.0.0.21", ipv6Address: "10.0.0.22", connection: ssh });
  const two = new DrRealServer(stack, "web2", { address: "10.0.0.23", connection: ssh });
  new VirtualService(stack, "http", { director, vip: "10.0.0.100", port: 80 }).addRealServer(one);
  new VirtualService(stack, "six", { director, vip: "2001:db8::100", port: 80 }).addRealServer(two);
  const error = synthError(stack);
  expect(error).toContain("[stack/web1] ipv6Address: must be an IPv6 address, got '10.0.0.22'");
  expect(error).toContain(
    "[stack/six] realServers[0].address: must be IPv6 like the VIP 2001:db8::100, got '10.0.0.23'; only tunneling can mix address families",
  );
});

describe("nothing is remembered from a synthesis before", () => {
  const stack = newStack();
  const director = directorOn(stack);
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  const http = new VirtualService(stack, "http", { director, vip: "10.0.0.100", port: 80 }).addRealServer(web1);

  test("a real server that is added later is there", () => {
    expect(hostText(stack, "lb", "rules")).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
`);
    http.addRealServer(new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh }));
    expect(hostText(stack, "lb", "rules")).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 1
`);
  });

  test("a service that is added later is there, with its VIP on the real server", () => {
    new VirtualService(stack, "https", { director, vip: "10.0.0.101", port: 443 }).addRealServer(web1);
    expect(hostText(stack, "lb", "rules")).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 1
-A -t 10.0.0.101:443 -s wlc
-a -t 10.0.0.101:443 -r 10.0.0.21:443 -g -w 1
`);
    expect(hostText(stack, "web1", "plan")).toContain("\nvip 10.0.0.100 lo\nvip 10.0.0.101 lo\n");
  });
});
