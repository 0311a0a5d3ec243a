import { Deferred } from "../../src/model/deferred";
import {
  integerProblems,
  interfaceProblems,
  literalProblems,
  numberProblems,
  oneOfProblems,
  quotableProblems,
  shown,
} from "../../src/model/rules";

const token = new Deferred("${x}");

test.each([
  ["text in quotes", "web", "'web'"],
  ["empty text in quotes", "", "''"],
  ["a line break as escape", "a\r\n\tb", String.raw`'a\r\n\tb'`],
  ["control characters as escapes", "\0\u001b\u007f\u0085", String.raw`'\u0000\u001b\u007f\u0085'`],
  ["line separators as escapes", "\u2028\u2029", String.raw`'\u2028\u2029'`],
  ["a list with a line break on one line", ["a\nb"], String.raw`a\nb`],
  ["backslashes, quotes and text outside ASCII as they are", `\\"'ä`, `'\\"'ä'`],
  ["zero bare", 0, "0"],
  ["a boolean bare", false, "false"],
  ["nothing bare", undefined, "undefined"],
  ["a token without its text", token, "a value known only at apply"],
])("messages show %s", (_title, value, text) => {
  expect(shown(value)).toBe(text);
});

describe("integerProblems", () => {
  test.each([
    ["the lowest", 0],
    ["the highest", 100],
    ["a value known only at apply", token],
    ["nothing", undefined],
  ])("accepts %s", (_title, value) => {
    expect(integerProblems("retries", value, 0, 100)).toEqual([]);
  });

  test.each([
    ["one below the lowest", -1, "must be an integer from 0 to 100, got -1"],
    ["one above the highest", 101, "must be an integer from 0 to 100, got 101"],
    ["a fraction", 1.5, "must be an integer from 0 to 100, got 1.5"],
    ["not a number", NaN, "must be an integer from 0 to 100, got NaN"],
    ["infinity", Infinity, "must be an integer from 0 to 100, got Infinity"],
    ["a number as text", "5" as never, "must be an integer from 0 to 100, got '5'"],
  ])("refuses %s", (_title, value, message) => {
    expect(integerProblems("retries", value, 0, 100)).toEqual([{ path: "retries", message }]);
  });

  test("refuses zero when the range starts at one", () => {
    expect(integerProblems("port", 0, 1, 65535)).toEqual([
      { path: "port", message: "must be an integer from 1 to 65535, got 0" },
    ]);
  });
});

describe("numberProblems", () => {
  test.each([
    ["the lowest", 1],
    ["a fraction", 1.5],
    ["3 decimals", 1.005],
    ["the highest", 3600],
    ["a value known only at apply", token],
    ["nothing", undefined],
  ])("accepts %s", (_title, value) => {
    expect(numberProblems("delay", value, 1, 3600, "seconds")).toEqual([]);
  });

  test.each([
    ["zero", 0, "must be from 1 to 3600 seconds, got 0"],
    ["just below the lowest", 0.99, "must be from 1 to 3600 seconds, got 0.99"],
    ["just above the highest", 3600.5, "must be from 1 to 3600 seconds, got 3600.5"],
    ["not a number", NaN, "must be from 1 to 3600 seconds, got NaN"],
    ["infinity", Infinity, "must be from 1 to 3600 seconds, got Infinity"],
    ["4 decimals", 1.0001, "must have at most 3 decimals, got 1.0001"],
    ["more decimals than keepalived reads", 2.0000001, "must have at most 3 decimals, got 2.0000001"],
    ["4 decimals out of range as out of range", 0.0001, "must be from 1 to 3600 seconds, got 0.0001"],
    ["a number as text", "5" as never, "must be from 1 to 3600 seconds, got '5'"],
  ])("refuses %s", (_title, value, message) => {
    expect(numberProblems("delay", value, 1, 3600, "seconds")).toEqual([{ path: "delay", message }]);
  });
});

describe("oneOfProblems", () => {
  test.each([
    ["a word of the list", "rr"],
    ["nothing", undefined],
  ])("accepts %s", (_title, value) => {
    expect(oneOfProblems("scheduler", value, ["rr", "wlc"])).toEqual([]);
  });

  test.each([
    ["another word", "wlcc", "must be a known value, got 'wlcc'; use one of rr, wlc"],
    ["a word in capitals", "RR", "must be a known value, got 'RR'; use one of rr, wlc"],
    ["empty text", "", "must be a known value, got ''; use one of rr, wlc"],
    ["a token", token, "must be known at synth, got a token; what else is written depends on it, use one of rr, wlc"],
  ])("refuses %s", (_title, value, message) => {
    expect(oneOfProblems("scheduler", value, ["rr", "wlc"])).toEqual([{ path: "scheduler", message }]);
  });
});

describe("literalProblems", () => {
  test.each([
    ["zero", 0],
    ["empty text", ""],
    ["text", "eth0"],
    ["nothing", undefined],
  ])("accepts %s", (_title, value) => {
    expect(literalProblems("virtualRouterId", value)).toEqual([]);
  });

  test("refuses a token", () => {
    expect(literalProblems("virtualRouterId", token)).toEqual([
      {
        path: "virtualRouterId",
        message: "must be known at synth, got a token; what else is written depends on it, pass a literal",
      },
    ]);
  });
});

describe("quotableProblems", () => {
  test.each([
    ["text", "www.example.org"],
    ["what keepalived takes for a comment outside quotes", "/a#b!c"],
    ["text outside ASCII", "/äöü"],
    ["a value known only at apply", token],
    ["nothing", undefined],
  ])("accepts %s", (_title, value) => {
    expect(quotableProblems("host", value)).toEqual([]);
  });

  test.each([
    ["empty text", "", "must not be empty, got ''; leave it out instead"],
    ["a quote", 'a"b', `must have no quotes, backslashes or control characters, got 'a"b'`],
    ["a backslash", "a\\b", String.raw`must have no quotes, backslashes or control characters, got 'a\b'`],
    ["a line break", "a\nb", String.raw`must have no quotes, backslashes or control characters, got 'a\nb'`],
    ["a zero byte", "a\0b", String.raw`must have no quotes, backslashes or control characters, got 'a\u0000b'`],
    ["delete", "a\u007fb", String.raw`must have no quotes, backslashes or control characters, got 'a\u007fb'`],
  ])("refuses %s", (_title, value, message) => {
    expect(quotableProblems("host", value)).toEqual([{ path: "host", message }]);
  });
});

describe("interfaceProblems", () => {
  test.each([
    ["a plain name", "eth0"],
    ["a VLAN", "bond0.100"],
    ["one character", "e"],
    ["15 characters", "abcdefghijklmno"],
    ["15 bytes outside ASCII", "ethäöüäöü"],
    ["three dots", "..."],
    ["other marks", "veth-a_b+c=1~2"],
    ["a value known only at apply", token],
    ["nothing", undefined],
  ])("accepts %s", (_title, value) => {
    expect(interfaceProblems("interface", value)).toEqual([]);
  });

  const charactersRule = `must be an interface name without white space, control characters and / : " ' # ! { } @ $ % \\`;
  test.each([
    ["eth 0", "'eth 0'"],
    ["eth0\n", String.raw`'eth0\n'`],
    ["eth\u00a00", "'eth\u00a00'"],
    ["eth\u007f0", String.raw`'eth\u007f0'`],
    ["eth/0", "'eth/0'"],
    ["eth0:1", "'eth0:1'"],
    ['eth"0', `'eth"0'`],
    ["eth'0", "'eth'0'"],
    ["eth#0", "'eth#0'"],
    ["eth!0", "'eth!0'"],
    ["eth{0", "'eth{0'"],
    ["eth}0", "'eth}0'"],
    ["eth0@if5", "'eth0@if5'"],
    ["$eth", "'$eth'"],
    ["eth%d", "'eth%d'"],
    ["eth\\0", String.raw`'eth\0'`],
  ])("refuses %j for its characters", (name, got) => {
    expect(interfaceProblems("interface", name)).toEqual([
      { path: "interface", message: `${charactersRule}, got ${got}` },
    ]);
  });

  test.each([
    ["", "must be an interface name of 1 to 15 bytes, got ''"],
    ["abcdefghijklmnop", "must be an interface name of 1 to 15 bytes, got 'abcdefghijklmnop'"],
    ["ethernetäöüäöü", "must be an interface name of 1 to 15 bytes, got 'ethernetäöüäöü'"],
    [".", "must be an interface name other than '.' and '..', got '.'"],
    ["..", "must be an interface name other than '.' and '..', got '..'"],
  ])("refuses '%s'", (name, message) => {
    expect(interfaceProblems("interface", name)).toEqual([{ path: "interface", message }]);
  });
});
