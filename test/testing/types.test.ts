import { compilerErrors } from "../support/markdown";

jest.setTimeout(120_000);

const HOSTS = `
import { TerraformStack, Testing } from "cdktf";
import { synthHosts } from "cdktf-lvs/testing";
const hosts = synthHosts(new TerraformStack(Testing.app(), "web"));`;

/** What vitest declares, as far as it matters: its assertions have what others add to the interface of jest. */
const LIKE_VITEST = `
interface Assertion<T> extends jest.Matchers<void, T> { not: Assertion<T> }
declare function expect<T>(actual: T): Assertion<T>;`;

const JEST_GLOBALS = `
import { expect } from "@jest/globals";
import type { LvsMatchers } from "cdktf-lvs/testing";
declare module "expect" { interface Matchers<R> extends LvsMatchers<R> {} }`;

const USES = `
expect(hosts).toHaveVirtualService({ vip: "192.0.2.100", port: 80, scheduler: "wlc" });
expect(hosts.host("web1")).not.toHaveRealServer({ address: "192.0.2.21", weight: 1 });
expect(hosts).toBeValidKeepalivedConf({ values: { "\${var.vip}": "192.0.2.100" } });`;

/** What the compiler says of each text, by its name, where only these packages declare globals. */
function errorsOf(types: string[], texts: Readonly<Record<string, string>>): Record<string, string[]> {
  const blocks = Object.entries(texts).map(([name, text]) => ({ name, language: "ts", text: HOSTS + text }));
  return compilerErrors(blocks, { types });
}

test("neither jest nor vitest has to be there", () => {
  const neither = `export const length = hosts.host("web1").file("/etc/x").text.length;`;
  expect(errorsOf(["node"], { neither, vitest: LIKE_VITEST + USES })).toEqual({});
});

const slips = {
  'toHaveVirtualService({ prot: "TCP" })': "'prot' does not exist",
  'toHaveVirtualService({ scheduler: "wlcc" })': "Type '\"wlcc\"' is not assignable to type",
  "toHaveVirtualService({ realServers: [] })": "'realServers' does not exist",
  'toHaveRealServer({ forwardingMethod: "FULLNAT" })': "Type '\"FULLNAT\"' is not assignable to type",
  "toHaveRealServer({ address: 1 })": "Type 'number' is not assignable to type 'string'",
  "toBeValidKeepalivedConf({ value: {} })": "'value' does not exist",
};

test("jest's expect has the matchers, and slips in them are seen", () => {
  const wrong = Object.keys(slips).map((call) => [call, `\nexpect(hosts).${call};`]);
  const expected = Object.entries(slips).map(([call, message]) => [call, [expect.stringContaining(message)]]);
  expect(
    errorsOf(["node", "jest"], {
      global: USES,
      "what @jest/globals exports": JEST_GLOBALS + USES,
      ...(Object.fromEntries(wrong) as Record<string, string>),
    }),
  ).toEqual(Object.fromEntries(expected));
});
