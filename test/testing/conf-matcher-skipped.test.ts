import { lvsMatchers, synthHosts } from "../../src/testing";
import { webStack } from "../support/web-stack";

jest.mock("../../src/testing/keepalived-oracle", () => ({
  missingForKeepalived: () => ["keepalived (the package of that name)", "network namespaces"],
}));

expect.extend(lvsMatchers);

const hosts = synthHosts(webStack().stack);
const REQUIRE = "CDKTF_LVS_REQUIRE_ORACLES";
const required = process.env[REQUIRE];
let warn: jest.SpyInstance;

beforeEach(() => {
  warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
});

afterEach(() => {
  warn.mockRestore();
  if (required === undefined) Reflect.deleteProperty(process.env, REQUIRE);
  else process.env[REQUIRE] = required;
});

test("a machine that lacks keepalived skips, loudly, both ways", () => {
  process.env[REQUIRE] = "0";
  expect(hosts).toBeValidKeepalivedConf();
  expect(hosts).not.toBeValidKeepalivedConf();
  const warning =
    "SKIPPED toBeValidKeepalivedConf(): this machine lacks keepalived (the package of that name) and network namespaces";
  expect(warn.mock.calls).toEqual([[warning], [warning]]);
});

test("a machine that must have keepalived fails, both ways", () => {
  process.env[REQUIRE] = "1";
  const message =
    "this machine lacks keepalived (the package of that name) and network namespaces, and CDKTF_LVS_REQUIRE_ORACLES=1 asks for it";
  expect(() => expect(hosts).toBeValidKeepalivedConf()).toThrow(new Error(message));
  expect(() => expect(hosts).not.toBeValidKeepalivedConf()).toThrow(new Error(message));
  expect(warn).not.toHaveBeenCalled();
});
