import { TerraformVariable, Testing } from "cdktf";
import { Director, DrRealServer, HaPair, VirtualService, type SshConnectionSettings } from "../../src";
import { newStack, ssh, synthError } from "../support/stacks";

const LITERAL = "hunter2-is-secret";

test.each(["privateKey", "password", "sudoPassword"])("a literal %s is refused, and not shown", (prop) => {
  const stack = newStack();
  const connection: SshConnectionSettings = { ...ssh, privateKeyPath: "/key", [prop]: LITERAL };
  new DrRealServer(stack, "web1", { address: "10.0.0.21", connection });
  const error = synthError(stack);
  expect(error).toContain(
    `[stack/web1] connection.${prop}: must be a token, got a literal (not shown); pass a sensitive TerraformVariable's stringValue`,
  );
  expect(error).not.toContain(LITERAL);
});

test("a private key together with the path of one is refused", () => {
  const stack = newStack();
  const privateKey = new TerraformVariable(stack, "key", { type: "string", sensitive: true }).stringValue;
  new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: { ...ssh, privateKey } });
  expect(synthError(stack)).toContain(
    "[stack/web1] connection.privateKey: must not be given together with privateKeyPath; leave one out",
  );
});

function pairWith(authentication: string | TerraformVariable, stack = newStack()): typeof stack {
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    authentication,
  });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  return stack;
}

test("a literal VRRP password is refused, and not shown", () => {
  const error = synthError(pairWith(LITERAL));
  expect(error).toContain(
    "[stack/lb] authentication: must be a token, got a literal (not shown); pass a TerraformVariable with sensitive: true",
  );
  expect(error).not.toContain(LITERAL);
});

test("a token is taken for a VRRP password", () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  expect(() => Testing.synth(pairWith(variable.stringValue, stack), true)).not.toThrow();
});

// skipValidation: true is an option of cdktf's App.
describe.each(["privateKey", "password", "sudoPassword"])(
  "a literal %s never reaches the output unvalidated",
  (prop) => {
    const connection: SshConnectionSettings = { hostKey: "ssh-ed25519 AAAA", [prop]: LITERAL };

    test("of a pair", () => {
      const stack = newStack();
      const lb = new HaPair(stack, "lb", {
        primary: { address: "10.0.0.11", connection },
        secondary: { address: "10.0.0.12", connection: ssh },
        interface: "eth0",
        virtualRouterId: 51,
      });
      const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
      web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
      expect(() => Testing.synth(stack)).toThrow("invalid pair 'stack/lb'");
    });

    test("of a director", () => {
      const stack = newStack();
      const lb = new Director(stack, "lb", { address: "10.0.0.11", connection });
      const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
      web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
      expect(() => Testing.synth(stack)).toThrow("invalid director 'stack/lb'");
    });

    test.each([true, false])("of a real server, decommissioned: %s", (decommission) => {
      const stack = newStack();
      new DrRealServer(stack, "web1", { address: "10.0.0.21", connection, decommission });
      expect(() => Testing.synth(stack)).toThrow("invalid real server 'stack/web1'");
    });
  },
);

test("the password is only ever put in its place by Terraform", () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const synthesized = Testing.synth(pairWith(variable, stack), true);
  // Once per director; all else refers to these locals.
  expect(synthesized.match(/\$\{var\.password\}/g)).toHaveLength(2);
  const uses = synthesized.match(/[a-z(]{1,40}\(local\.lb_primary_secret_\w+\)\)/g);
  // In the precondition, in the digest and in the file: nowhere that the state or a plan keeps.
  expect(uses).toHaveLength(3);
  expect(new Set(uses?.map((use) => use.slice(0, use.indexOf("local"))))).toEqual(new Set(["nonsensitive(sensitive("]));
});
