import {
  addressFamily,
  addressProblems,
  canonicalAddress,
  endpoint,
  hostAddress,
  ipv6Groups,
  isLoopback,
  portProblems,
  unicastProblems,
} from "../../src/model/address";
import { Deferred } from "../../src/model/deferred";

const token = new Deferred("${host.ip}", "${bracketed(host.ip)}");

test.each([
  ["192.0.2.1", "IPv4"],
  ["2001:db8::1", "IPv6"],
  ["2001:0DB8:0:0:0:0:0:1", "IPv6"],
  ["::ffff:192.0.2.1", "IPv6"],
  ["fe80::1%eth0", undefined],
  ["192.0.2.1/24", undefined],
  ["web.example.org", undefined],
  ["", undefined],
])("the family of '%s' is %s", (address, family) => {
  expect(addressFamily(address)).toBe(family);
});

test("the family of a value known only at apply is not known", () => {
  expect(addressFamily(token)).toBeUndefined();
});

describe("addressProblems", () => {
  test.each([
    ["IPv4", "192.0.2.1"],
    ["an all-zero IPv4 address", "0.0.0.0"],
    ["short IPv6", "2001:db8::1"],
    ["long IPv6", "2001:0db8:0000:0000:0000:0000:0000:0001"],
    ["a value known only at apply", token],
    ["nothing", undefined],
  ])("accepts %s", (_title, address) => {
    expect(addressProblems("vip", address)).toEqual([]);
  });

  test.each([
    ["", "must be an IPv4 or IPv6 address, got ''"],
    ["0", "must be an IPv4 or IPv6 address, got '0'"],
    ["web", "must be an IPv4 or IPv6 address, got 'web'"],
    ["10.1", "must be an IPv4 or IPv6 address, got '10.1'"],
    ["192.0.2.256", "must be an IPv4 or IPv6 address, got '192.0.2.256'"],
    ["192.0.2.01", "must be an IPv4 or IPv6 address, got '192.0.2.01'"],
    [" 192.0.2.1", "must be an IPv4 or IPv6 address, got ' 192.0.2.1'"],
    ["[2001:db8::1]", "must be an IPv4 or IPv6 address, got '[2001:db8::1]'"],
    ["2001:db8::1%eth0", "must be an IPv4 or IPv6 address, got '2001:db8::1%eth0'"],
    ["192.0.2.1/24", "must be an IPv4 or IPv6 address, got '192.0.2.1/24'; leave out the prefix length"],
    ["2001:db8::1/64", "must be an IPv4 or IPv6 address, got '2001:db8::1/64'; leave out the prefix length"],
  ])("refuses '%s'", (address, message) => {
    expect(addressProblems("vip", address)).toEqual([{ path: "vip", message }]);
  });
});

describe("unicastProblems", () => {
  test.each([
    ["IPv4", "192.0.2.1"],
    ["the first IPv4 address that is not reserved", "1.0.0.0"],
    ["the last IPv4 address before multicast", "223.255.255.254"],
    ["IPv6 that only looks like IPv4-mapped", "::ffff:0:c000:201"],
    ["short IPv6", "2001:db8::1"],
    ["long IPv6", "2001:0db8:0:0:0:0:0:1"],
    ["unique local IPv6", "fd00::1"],
    ["a value known only at apply", token],
    ["nothing", undefined],
  ])("accepts %s", (_title, address) => {
    expect(unicastProblems("vip", address)).toEqual([]);
  });

  test.each([
    ["", "must be an IPv4 or IPv6 address, got ''"],
    ["0.0.0.0", "must be a unicast address, got '0.0.0.0' (the unspecified address)"],
    ["::", "must be a unicast address, got '::' (the unspecified address)"],
    ["0:0:0:0:0:0:0:0", "must be a unicast address, got '0:0:0:0:0:0:0:0' (the unspecified address)"],
    ["224.0.0.18", "must be a unicast address, got '224.0.0.18' (multicast)"],
    ["239.255.255.255", "must be a unicast address, got '239.255.255.255' (multicast)"],
    ["FF02::12", "must be a unicast address, got 'FF02::12' (multicast)"],
    ["127.0.0.1", "must be a unicast address, got '127.0.0.1' (loopback)"],
    ["::1", "must be a unicast address, got '::1' (loopback)"],
    ["0:0:0:0:0:0:0:1", "must be a unicast address, got '0:0:0:0:0:0:0:1' (loopback)"],
    ["255.255.255.255", "must be a unicast address, got '255.255.255.255' (broadcast)"],
    ["0.0.0.1", "must be a unicast address, got '0.0.0.1' (reserved)"],
    ["0.255.255.255", "must be a unicast address, got '0.255.255.255' (reserved)"],
    ["240.0.0.0", "must be a unicast address, got '240.0.0.0' (reserved)"],
    ["255.255.255.254", "must be a unicast address, got '255.255.255.254' (reserved)"],
    ["::ffff:192.0.2.1", "must be a unicast address, got '::ffff:192.0.2.1' (reserved for IPv4-mapped addresses)"],
    [
      "0:0:0:0:0:FFFF:c000:201",
      "must be a unicast address, got '0:0:0:0:0:FFFF:c000:201' (reserved for IPv4-mapped addresses)",
    ],
    ["fe80::1", "must be a unicast address, got 'fe80::1' (link-local)"],
    ["FEBF::1", "must be a unicast address, got 'FEBF::1' (link-local)"],
  ])("refuses '%s'", (address, message) => {
    expect(unicastProblems("realServers[1].address", address)).toEqual([{ path: "realServers[1].address", message }]);
  });
});

describe("portProblems", () => {
  test.each([
    ["the lowest", 1],
    ["the highest", 65535],
    ["a value known only at apply", new Deferred("${web.port}")],
    ["nothing", undefined],
  ])("accepts %s", (_title, port) => {
    expect(portProblems("port", port)).toEqual([]);
  });

  test.each([0, -1, 65536, 80.5, NaN])("refuses %d", (port) => {
    expect(portProblems("port", port)).toEqual([
      { path: "port", message: `must be an integer from 1 to 65535, got ${port}` },
    ]);
  });
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
  ["2001:db8:0:0::1", "2001:db8::1"],
  ["no address", "no address"],
  ["", ""],
])("'%s' is printed as '%s'", (address, canonical) => {
  expect(canonicalAddress(address)).toBe(canonical);
});

test("a value known only at apply stays as it is", () => {
  expect(canonicalAddress(token)).toBe(token);
});

test.each([
  ["IPv4", "192.0.2.1", 80, "192.0.2.1:80"],
  ["IPv6 in brackets", "2001:db8::1", 80, "[2001:db8::1]:80"],
  ["an address known only at apply", token, 80, "${bracketed(host.ip)}:80"],
  ["a port known only at apply", "192.0.2.1", new Deferred("${web.port}"), "192.0.2.1:${web.port}"],
])("an endpoint prints %s", (_title, address, port, text) => {
  expect(endpoint(address, port)).toBe(text);
});

test.each([
  ["192.0.2.1", "192.0.2.1/32"],
  ["2001:db8::1", "2001:db8::1/128"],
  [new Deferred("${host.ip}", "", "${prefixed(host.ip)}"), "${prefixed(host.ip)}"],
])("as the address of one host %s is printed as %s", (address, text) => {
  expect(hostAddress(address)).toBe(text);
});

test.each([
  ["::", [0, 0, 0, 0, 0, 0, 0, 0]],
  ["::1", [0, 0, 0, 0, 0, 0, 0, 1]],
  ["2001:DB8::", [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0]],
  ["1:2::7:8", [1, 2, 0, 0, 0, 0, 7, 8]],
  ["1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]],
  ["64:ff9b::192.0.2.33", [0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x221]],
])("the groups of %s", (address, groups) => {
  expect(ipv6Groups(address)).toEqual(groups);
});

test.each([
  ["127.0.0.1", true],
  ["127.255.255.254", true],
  ["0:0::1", true],
  ["128.0.0.1", false],
  ["::2", false],
  ["127.0.0", false],
  [token, false],
])("whether %s is the host itself", (address, itself) => {
  expect(isLoopback(address)).toBe(itself);
});
