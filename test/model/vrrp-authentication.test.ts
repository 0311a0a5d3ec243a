import {
  authenticationProblems,
  AuthenticationType,
  type AuthenticationContext,
} from "../../src/model/vrrp-authentication";

const context: AuthenticationContext = { authenticated: true, authenticationType: undefined, version: 2 };

test.each<[string, Partial<AuthenticationContext>]>([
  ["no password", { authenticated: false }],
  ["no password with version 3", { authenticated: false, version: 3 }],
  ["a password", {}],
  ["a password in clear text", { authenticationType: AuthenticationType.PASS }],
  ["a password as a key", { authenticationType: AuthenticationType.AH }],
])("accepts %s", (_title, different) => {
  expect(authenticationProblems({ ...context, ...different })).toEqual([]);
});

const version3 =
  "needs VRRP version 2, got version 3, which has no authentication; use whole seconds and IPv4 directors, or leave it out";

test.each<[string, Partial<AuthenticationContext>, string, string]>([
  ["a password with version 3", { version: 3 }, "authentication", version3],
  ["AH with version 3", { version: 3, authenticationType: AuthenticationType.AH }, "authentication", version3],
  [
    "an unknown type",
    { authenticationType: "MD5" as AuthenticationType },
    "authenticationType",
    "must be a known value, got 'MD5'; use one of PASS, AH",
  ],
  [
    "a type without a password",
    { authenticated: false, authenticationType: AuthenticationType.PASS },
    "authenticationType",
    "needs a password, got PASS without one; set authentication",
  ],
])("refuses %s", (_title, different, path, message) => {
  expect(authenticationProblems({ ...context, ...different })).toEqual([{ path, message }]);
});
