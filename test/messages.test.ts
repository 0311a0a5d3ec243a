import { driftMessages, hostMessages } from "./support/host-messages";
import { commandMessages, importMessages, terraformMessages, warningMessages } from "./support/other-messages";
import { isSentence } from "./support/reference-pages";

/** What has the words of the program in it that knows the reason. */
const SAY_WHY = [
  "this host refuses the IPVS rules: <rules_errors>",
  "this host refuses the nftables table: <packet_errors>",
];

const sentences = hostMessages().filter(isSentence);

test.each([
  ["at import", importMessages()],
  ["as a warning", warningMessages()],
  ["by the command", commandMessages()],
  ["on a host", sentences.filter((text) => !SAY_WHY.includes(text))],
])("what is said %s names what to do", (_title, texts) => {
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.filter((text) => !text.includes("; "))).toEqual([]);
});

test("what says why by itself is still said", () => {
  expect(sentences).toEqual(expect.arrayContaining(SAY_WHY));
});

test.each([
  ["at import", importMessages()],
  ["as a warning", warningMessages()],
  ["by Terraform", terraformMessages()],
  ["by the command", commandMessages()],
  ["on a host", sentences],
  ["by check", driftMessages()],
])(
  "what is said %s begins in lower case, with a value or with a name, and ends without a full stop",
  (_title, texts) => {
    expect(texts).not.toEqual([]);
    const named = /^(IP|UDP|VRRP)/;
    expect(texts.filter((text) => /^[A-Z]/.test(text) && !named.test(text))).toEqual([]);
    expect(texts.filter((text) => text.endsWith("."))).toEqual([]);
  },
);

test("a warning is found wherever it is written", () => {
  const texts = warningMessages();
  for (const start of [
    "must come after stack",
    "<path>.hostKey is not set",
    "serves no virtual service",
    "makes <count>",
  ]) {
    expect(texts.filter((text) => text.startsWith(start))).toHaveLength(1);
  }
});
