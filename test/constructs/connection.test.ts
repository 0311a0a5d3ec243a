import { TerraformVariable, type TerraformStack } from "cdktf";
import { DrRealServer, type SshConnectionSettings } from "../../src";
import { PREPARE_SCRIPT } from "../../src/provisioners/terraform/session-script";
import { newStack, provisioners, resourceAt, synthesize, synthError, type Synthesized } from "../support/stacks";

function connected(connectionOf: (stack: TerraformStack) => SshConnectionSettings): Synthesized {
  const stack = newStack();
  new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: connectionOf(stack) });
  return synthesize(stack);
}

function secret(stack: TerraformStack): string {
  return new TerraformVariable(stack, "secret", { type: "string", sensitive: true }).stringValue;
}

/** The connections of the carrier: of its work on create, and on destroy. */
function connections(synthesized: Synthesized, carrier: "config" | "teardown"): Record<string, unknown>[] {
  const resource = resourceAt(synthesized, `terraform_data.web1_host_${carrier}`);
  return provisioners(resource).map(({ when = "create", connection }) => ({ when, ...connection }));
}

test("the least: root by the SSH agent", () => {
  const synthesized = connected(() => ({}));
  const script_path = "./.cdktf-lvs-%RAND%.sh";
  expect(connections(synthesized, "config")).toEqual([
    { when: "create", type: "ssh", host: "10.0.0.21", port: "22", user: "root", timeout: "60s", script_path },
  ]);
  expect(connections(synthesized, "teardown")).toEqual([
    {
      when: "destroy",
      type: "ssh",
      host: "${self.triggers_replace.host}",
      port: "${self.triggers_replace.port}",
      user: "${self.triggers_replace.user}",
      timeout: "${self.triggers_replace.timeout}",
      script_path,
    },
  ]);
});

test("everything that the state may hold, on create and on destroy", () => {
  const synthesized = connected(() => ({
    host: "web1.example.org",
    port: 2222,
    hostKey: "ssh-ed25519 HOST",
    privateKeyPath: "~/.ssh/id",
    certificate: "ssh-ed25519-cert CERT",
    agentIdentity: "me",
    timeoutSeconds: 30,
    bastion: {
      host: "jump.example.org",
      port: 2022,
      user: "jump",
      hostKey: "ssh-ed25519 BASTION",
      privateKeyPath: "/etc/jump",
    },
  }));
  expect(connections(synthesized, "config")).toMatchSnapshot("config");
  expect(connections(synthesized, "teardown")).toMatchSnapshot("teardown");
  expect(resourceAt(synthesized, "terraform_data.web1_host_teardown").triggers_replace).toMatchSnapshot("state");
});

test.each<[string, Pick<SshConnectionSettings, "hostKey" | "port">, string]>([
  ["one", { hostKey: "ecdsa-sha2-nistp256 A" }, "ecdsa-sha2-nistp256 A"],
  [
    "one of each type",
    { hostKey: ["ecdsa-sha2-nistp256 A", "ssh-ed25519 B"] },
    "ecdsa-sha2-nistp256 A\n[*]:22 ssh-ed25519 B",
  ],
  [
    "at another port",
    { hostKey: "ecdsa-sha2-nistp256 A", port: 2222 },
    "ecdsa-sha2-nistp256 A\n[*]:2222 ecdsa-sha2-nistp256 A",
  ],
])("keys of the host: %s", (_title, settings, text) => {
  const [config] = connections(
    connected(() => settings),
    "config",
  );
  expect(config?.["host_key"]).toBe(text);
});

test.each<[string, SshConnectionSettings, string]>([
  ["none", { hostKey: [] }, "hostKey: must hold at least one key, got none; leave it out to check none"],
  [
    "another line",
    { hostKey: "ecdsa-sha2-nistp256 A\n* ssh-rsa B" },
    "hostKey: must be a type and a key like 'ecdsa-sha2-nistp256 AAAA...', got 'ecdsa-sha2-nistp256 A\\n* ssh-rsa B'",
  ],
  [
    "one without a type",
    { hostKey: ["ecdsa-sha2-nistp256 A", "AAAA"] },
    "hostKey[1]: must be a type and a key like 'ecdsa-sha2-nistp256 AAAA...', got 'AAAA'",
  ],
  [
    "one of a bastion with the host before it",
    { bastion: { host: "jump", hostKey: "jump ssh-ed25519 AAAA" } },
    "bastion.hostKey: must be a type and a key like 'ecdsa-sha2-nistp256 AAAA...', got 'jump ssh-ed25519 AAAA'",
  ],
])("refuses %s as host key", (_title, connection, message) => {
  const stack = newStack();
  new DrRealServer(stack, "web1", { address: "10.0.0.21", connection });
  expect(synthError(stack)).toContain(`connection.${message}`);
});

test("a user with sudo: a directory of their own comes first, and goes last", () => {
  const synthesized = connected(() => ({ user: "ops" }));
  const script_path = "./.cdktf-lvs/run/%RAND%.sh";
  expect(connections(synthesized, "config")).toMatchObject([{ user: "ops", script_path }]);
  expect(connections(synthesized, "teardown")).toMatchObject([
    { when: "create", user: "ops", script_path: "./.cdktf-lvs-%RAND%.sh" },
    { when: "destroy", user: "${self.triggers_replace.user}", script_path },
  ]);
  const [prepare, last] = provisioners(resourceAt(synthesized, "terraform_data.web1_host_teardown"));
  expect(prepare?.inline).toEqual([PREPARE_SCRIPT]);
  expect(last?.inline[0]).toContain('leaving=$(dirname "$script")');
});

test("a sudo password reaches the script in base64, never marked as sensitive: Terraform would hide all output", () => {
  const synthesized = connected((stack) => ({ user: "ops", sudoPassword: secret(stack) }));
  const [config] = provisioners(resourceAt(synthesized, "terraform_data.web1_host_config"));
  const lines = config?.inline[0]?.split("\n") ?? [];
  expect(lines.filter((line) => line.includes("var.secret"))).toEqual([
    '${base64encode(join("", [nonsensitive(sensitive(var.secret)), "\\n"]))}',
  ]);
  expect(lines.filter((line) => line.includes("sudo -S"))).toHaveLength(2);
});

test.each([
  ["privateKey", "private_key"],
  ["password", "password"],
])("%s is in the connection on create, and neither in the state nor on destroy", (prop, argument) => {
  const synthesized = connected((stack) => ({ [prop]: secret(stack) }));
  expect(connections(synthesized, "config")).toMatchObject([{ when: "create", [argument]: "${var.secret}" }]);
  expect(connections(synthesized, "teardown")).toEqual([]);
  expect(resourceAt(synthesized, "terraform_data.web1_host_teardown").triggers_replace).toEqual({
    host: "10.0.0.21",
    port: "22",
    timeout: "60s",
    user: "root",
  });
});
