import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformVariable, Testing, type TerraformStack } from "cdktf";
import { DrRealServer, Director, HaPair, PlanDetail, TableOwner, VirtualService } from "../../src";
import type { SshConnectionSettings } from "../../src";
import { CLEAN, describeWithOracles, judge } from "../support/oracles";
import { newStack } from "../support/stacks";

describeWithOracles("terraform validate", ["terraform"], () => {
  const folder = mkdtempSync(join(tmpdir(), "terraform-"));
  const privateKeyPath = join(folder, "id_ed25519");
  writeFileSync(privateKeyPath, "not a key, but a file\n");
  const settings = join(folder, "terraform.rc");
  writeFileSync(settings, "disable_checkpoint = true\n");

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Terraform has no need of the network: nothing but terraform_data is in these stacks. */
  function terraform(json: string): unknown {
    const run = mkdtempSync(join(folder, "run-"));
    writeFileSync(join(run, "cdk.tf.json"), json);
    const command = [`TF_CLI_CONFIG_FILE=${settings}`, "terraform", `-chdir=${run}`];
    const init = judge("env", [...command, "init", "-backend=false", "-input=false", "-no-color"]);
    if (init.status !== 0) return init;
    const { status, output } = judge("env", [...command, "validate", "-no-color"]);
    return { status, output: output.replace("Success! The configuration is valid.\n\n", "") };
  }

  function validated(stack: TerraformStack): unknown {
    return terraform(Testing.synth(stack, true));
  }

  const text = (stack: TerraformStack, name: string): string =>
    new TerraformVariable(stack, name, { type: "string" }).stringValue;
  const secret = (stack: TerraformStack, name: string): TerraformVariable =>
    new TerraformVariable(stack, name, { type: "string", sensitive: true });

  test("takes a pair with a password, a lone director and real servers", () => {
    const stack = newStack();
    const connection = { privateKeyPath, hostKey: "ssh-ed25519 AAAA" };
    const pair = new HaPair(stack, "pair", {
      primary: { address: "10.0.0.11", connection },
      secondary: { address: "10.0.0.12", connection },
      interface: "eth0",
      virtualRouterId: 51,
      authentication: secret(stack, "password"),
      authenticationVersion: "1",
    });
    const plain = new Director(stack, "plain", {
      address: "10.0.0.13",
      connection,
      tableOwner: TableOwner.IPVSADM,
      delivery: { planDetail: PlanDetail.DIGESTS },
    });
    const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection });
    const leaving = new DrRealServer(stack, "web2", { address: "10.0.0.22", connection, decommission: true });
    const web = new VirtualService(stack, "web", { director: pair, vip: "10.0.0.100", port: 80 });
    web.addRealServer(server).addRealServer(leaving);
    new VirtualService(stack, "dns", { director: plain, vip: "10.0.0.101", port: 80 }).addRealServer(server);
    expect(validated(stack)).toEqual(CLEAN);
  });

  test("takes tokens wherever they may be", () => {
    const stack = newStack();
    const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
    const connection: SshConnectionSettings = {
      host: text(stack, "ssh_host"),
      port: number,
      user: text(stack, "ssh_user"),
      hostKey: text(stack, "host_key"),
      privateKeyPath: text(stack, "key_path"),
      timeoutSeconds: number,
      bastion: { host: text(stack, "bastion"), port: number, user: "jump", privateKeyPath },
    };
    const director = new Director(stack, "lb", {
      address: text(stack, "director"),
      connection,
      vipInterface: text(stack, "device"),
      instanceId: text(stack, "instance_id"),
      drainTimeoutSeconds: number,
    });
    const web = new VirtualService(stack, "web", { director, vip: text(stack, "vip"), port: number });
    const server = new DrRealServer(stack, "web1", { address: text(stack, "real_server"), connection });
    web.addRealServer(server, { weight: number });
    expect(validated(stack)).toEqual(CLEAN);
  });

  test.each<[string, (stack: TerraformStack) => SshConnectionSettings]>([
    ["the SSH agent", () => ({ agentIdentity: "me" })],
    ["another user", () => ({ user: "ops", privateKeyPath, certificate: "ssh-ed25519-cert AAAA" })],
    ["a private key as a token", (stack) => ({ privateKey: secret(stack, "key").stringValue })],
    ["a password as a token", (stack) => ({ password: secret(stack, "password").stringValue, user: "ops" })],
    ["a sudo password as a token", (stack) => ({ sudoPassword: secret(stack, "sudo").stringValue, user: "ops" })],
    ["a bastion", () => ({ bastion: { host: "10.9.9.9", hostKey: "ssh-ed25519 AAAA", privateKeyPath } })],
  ])("takes a connection with %s", (_title, connectionOf) => {
    const stack = newStack();
    const director = new Director(stack, "lb", { address: "10.0.0.11", connection: connectionOf(stack) });
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: { privateKeyPath } }));
    expect(validated(stack)).toEqual(CLEAN);
  });

  test("a Terraform that is too old says which one it needs", () => {
    const stack = newStack();
    const director = new Director(stack, "lb", { address: "10.0.0.11", connection: { privateKeyPath } });
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: { privateKeyPath } }));
    // What the library asks for, as an old one would see it.
    const asked = Testing.synth(stack, true).replace('"required_version": ">= 1.4"', '"required_version": ">= 99.4"');
    expect(terraform(asked)).toMatchObject({
      status: 1,
      output: expect.stringContaining("Unsupported Terraform Core version") as string,
    });
  });

  test("is a judge that refuses: text that is not escaped", () => {
    const locals = { text: "echo ${HOME}" };
    expect(terraform(JSON.stringify({ locals }))).toMatchObject({ status: 1 });
  });

  test("is a judge that refuses: a destroy provisioner that knows more than the state", () => {
    const provisioner = { "remote-exec": { when: "destroy", inline: ["x"], connection: { host: "${local.host}" } } };
    const json = { locals: { host: "x" }, resource: { terraform_data: { x: { provisioner } } } };
    expect(terraform(JSON.stringify(json))).toMatchObject({ status: 1 });
  });
});
