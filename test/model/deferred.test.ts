import { Deferred, printed, sameValue, type DeepDeferrable } from "../../src/model/deferred";
import { Scheduler } from "../../src/model/scheduler";

const token = new Deferred("${host.ip}");

test("the bracketed text is the plain text when none is given", () => {
  expect(token.bracketed).toBe("${host.ip}");
});

test("the bracketed text is kept beside the plain one", () => {
  const deferred = new Deferred("${host.ip}", "[${host.ip}]");
  expect([deferred.text, deferred.bracketed]).toEqual(["${host.ip}", "[${host.ip}]"]);
});

test.each([
  ["text", "eth0", "eth0"],
  ["empty text", "", ""],
  ["zero", 0, "0"],
  ["a fraction", 0.5, "0.5"],
  ["a value known only at apply", token, "${host.ip}"],
])("%s is printed as '%s'", (_title, value, text) => {
  expect(printed(value)).toBe(text);
});

test.each([
  ["equal texts", "eth0", "eth0"],
  ["equal numbers", 80, 80],
  ["zero and zero", 0, 0],
  ["the same token twice", token, token],
  ["two tokens of the same text", token, new Deferred("${host.ip}", "[${host.ip}]")],
])("%s are the same value", (_title, a, b) => {
  expect(sameValue(a, b)).toBe(true);
});

test.each([
  ["different texts", "eth0", "eth1"],
  ["zero and empty text", 0, ""],
  ["a token and a literal", token, "192.0.2.1"],
  ["tokens of different texts", token, new Deferred("${other.ip}")],
])("%s are different values", (_title, a, b) => {
  expect(sameValue(a, b)).toBe(false);
});

interface Sample {
  readonly name: string;
  readonly port?: number;
  readonly scheduler: Scheduler;
  readonly names: readonly string[];
  readonly inner: { readonly seconds: number };
}

test("every text and number of a type can be a token, at any depth, and words of a closed list cannot", () => {
  const sample: DeepDeferrable<Sample> = {
    name: token,
    port: token,
    scheduler: Scheduler.RR,
    names: ["eth0", token],
    inner: { seconds: token },
  };
  // @ts-expect-error -- checked by `npm run typecheck`: synth must know the scheduler
  const refused: DeepDeferrable<Sample>["scheduler"] = token;
  expect([sample.inner.seconds, refused]).toEqual([token, token]);
});
