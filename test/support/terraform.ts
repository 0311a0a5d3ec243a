import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { judge, type Verdict } from "./oracles";

/** A resource that gives a list which nobody knows before it is applied: terraform_data with that input. */
export class InstanceGroup extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
    dependsOn: TerraformResource[] = [],
  ) {
    super(scope, id, { terraformResourceType: "terraform_data", dependsOn });
  }

  public get privateIps(): string[] {
    return this.getListAttribute("output");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.addresses };
  }
}

interface Json {
  readonly resource?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly [block: string]: unknown;
}

interface Applied {
  readonly type: string;
  readonly name: string;
  readonly values: { readonly id: string; readonly triggers_replace?: Readonly<Record<string, string>> };
}

/**
 * A stack that Terraform applies without network, hosts and logins: nothing but terraform_data is in it, and its
 * provisioners are left out.
 */
export class AppliedStack {
  private readonly folder = mkdtempSync(join(tmpdir(), "applied-"));

  private readonly json: Json;

  /** `text` is the stack as Terraform gets it, `more` are blocks to add. */
  public constructor(text: string, more: Readonly<Record<string, unknown>> = {}) {
    this.json = { ...(JSON.parse(text) as Json), ...more };
    for (const byName of Object.values(this.json.resource ?? {})) {
      for (const resource of Object.values(byName)) delete resource["provisioner"];
    }
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify(this.json));
    writeFileSync(join(this.folder, "terraform.rc"), "disable_checkpoint = true\n");
    const { status, output } = this.terraform("init", "-input=false");
    if (status !== 0) throw new Error(output);
  }

  public hasVariable(name: string): boolean {
    return this.json.variable?.[name] !== undefined;
  }

  public apply(variables: Readonly<Record<string, unknown>> = {}): Verdict {
    const values = Object.entries(variables).map(
      ([name, value]) => `-var=${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
    );
    return this.terraform("apply", "-auto-approve", "-input=false", ...values);
  }

  public destroy(): Verdict {
    return this.terraform("destroy", "-auto-approve", "-input=false");
  }

  /** The triggers of the one resource whose name starts so, and its id, which a replacement changes. */
  public triggers(start: string): { readonly id: string; readonly texts: Readonly<Record<string, string>> } {
    const found = this.resources().find(({ name }) => name.startsWith(start));
    if (found === undefined) throw new Error(`no resource starts with ${start}`);
    return { id: found.values.id, texts: found.values.triggers_replace ?? {} };
  }

  /** The triggers of every resource, by its name. */
  public allTriggers(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return Object.fromEntries(this.resources().map(({ name, values }) => [name, values.triggers_replace ?? {}]));
  }

  public output(name: string): unknown {
    return JSON.parse(this.terraform("output", "-json", name).output) as unknown;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private resources(): readonly Applied[] {
    const { values } = JSON.parse(this.terraform("show", "-json").output) as {
      values: { root_module: { resources: readonly Applied[] } };
    };
    return values.root_module.resources;
  }

  private terraform(command: string, ...args: readonly string[]): Verdict {
    const settings = `TF_CLI_CONFIG_FILE=${join(this.folder, "terraform.rc")}`;
    const color = command === "output" ? [] : ["-no-color"];
    return judge("env", [settings, "terraform", `-chdir=${this.folder}`, command, ...color, ...args]);
  }
}
