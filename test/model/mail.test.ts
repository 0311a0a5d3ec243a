import { Deferred } from "../../src/model/deferred";
import { mailProblems, type Mail } from "../../src/model/mail";

const token = new Deferred("${x}");
const plain: Mail = { to: ["ops@example.org"], server: "192.0.2.25" };

test.each<[string, Mail | undefined]>([
  ["no mail", undefined],
  ["an address and a server", plain],
  ["several addresses", { ...plain, to: ["a.b+c@example.org", token] }],
  ["a server by name", { ...plain, server: "mail-1.example.org" }],
  ["an IPv6 server", { ...plain, server: "2001:db8::25", port: 65535 }],
  ["what is known only at apply", { to: [token], server: token, port: token, from: token, heloName: token }],
  [
    "everything",
    {
      ...plain,
      port: 1,
      from: "LB <lb@example.org>",
      heloName: "lb.example.org",
      connectTimeoutSeconds: 3600,
      vrrpAlerts: true,
      checkerAlerts: false,
      faults: false,
    },
  ],
])("accepts %s", (_title, mail) => {
  expect(mailProblems("mail", mail)).toEqual([]);
});

test.each<[string, Mail, string, string]>([
  ["nobody to write to", { ...plain, to: [] }, "mail.to", "must hold at least one address, got none"],
  [
    "an address with a blank",
    { ...plain, to: ["a@example.org", "b c@example.org"] },
    "mail.to[1]",
    "must be a mail address such as lb@example.org, got 'b c@example.org'",
  ],
  ["no server", { ...plain, server: "" }, "mail.server", "must be an address or a host name, got ''"],
  [
    "half an address",
    { ...plain, server: "192.0.2" },
    "mail.server",
    "must be an address or a host name, got '192.0.2'",
  ],
  [
    "a server with a brace",
    { ...plain, server: "mail{" },
    "mail.server",
    "must be an address or a host name, got 'mail{'",
  ],
  ["port 0", { ...plain, port: 0 }, "mail.port", "must be an integer from 1 to 65535, got 0"],
  ["an empty sender", { ...plain, from: "" }, "mail.from", "must not be empty, got ''; leave it out instead"],
  [
    "a greeting with a quote",
    { ...plain, heloName: '"' },
    "mail.heloName",
    "must have no quotes, backslashes or control characters, got '\"'",
  ],
  [
    "no time",
    { ...plain, connectTimeoutSeconds: 0 },
    "mail.connectTimeoutSeconds",
    "must be an integer from 1 to 3600, got 0",
  ],
])("refuses %s", (_title, mail, path, message) => {
  expect(mailProblems("mail", mail)).toEqual([{ path, message }]);
});
