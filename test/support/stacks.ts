import { TerraformStack, Testing } from "cdktf";
import type { SshConnectionSettings } from "../../src";

/** A connection that gives no warning. */
export const ssh: SshConnectionSettings = { hostKey: "ssh-ed25519 AAAA", privateKeyPath: "~/.ssh/id_ed25519" };

export function newStack(name = "stack"): TerraformStack {
  return new TerraformStack(Testing.app(), name);
}

type Connection = Readonly<Record<string, string>>;

interface RemoteExec {
  readonly when?: "destroy";
  readonly connection: Connection;
  readonly inline: readonly string[];
}

export interface Resource {
  readonly depends_on?: readonly string[];
  readonly lifecycle?: Readonly<Record<string, unknown>>;
  readonly provisioner?: readonly { readonly "remote-exec": RemoteExec }[];
  readonly triggers?: Readonly<Record<string, string>>;
  readonly triggers_replace?: Readonly<Record<string, string>>;
}

export interface Synthesized {
  readonly locals?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly terraform?: Readonly<Record<string, unknown>>;
}

/** The stack as Terraform gets it; throws when a construct has a problem. */
export function synthesize(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

/** The whole error of a stack that does not synthesize. */
export function synthError(stack: TerraformStack): string {
  try {
    synthesize(stack);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the stack was synthesized without an error");
}

/** Every resource by its address: `terraform_data.lb_primary_config_16F6EF64`. */
export function resources(synthesized: Synthesized): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(synthesized.resource ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, resource]) => [`${type}.${name}`, resource]),
    ),
  );
}

/** The one resource whose address starts so: `resourceAt(json, "terraform_data.lb_primary_config")`. */
export function resourceAt(synthesized: Synthesized, start: string): Resource {
  const found = Object.entries(resources(synthesized)).filter(([address]) => address.startsWith(start));
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`${found.length} resources start with ${start}`);
  return first[1];
}

export function provisioners(resource: Resource): RemoteExec[] {
  return (resource.provisioner ?? []).map((provisioner) => provisioner["remote-exec"]);
}

/** Every script that Terraform would upload, by what runs it. */
export function scripts(synthesized: Synthesized): [title: string, script: string][] {
  return Object.entries(resources(synthesized)).flatMap(([address, resource]) =>
    provisioners(resource).map(({ when, inline }): [string, string] => [
      `${address} ${when ?? "create"}`,
      inline.join("\n"),
    ]),
  );
}

/** The texts of the files for hosts, from every local of the stack, by `LOCAL PATH`. */
export function hostFiles(synthesized: Synthesized): Record<string, string> {
  return Object.fromEntries(
    Object.entries(synthesized.locals ?? {}).flatMap(([local, texts]) =>
      typeof texts === "string"
        ? []
        : // Terraform unfolds long ones.
          Object.entries(texts).map(([path, text]) => [`${local} ${path}`, text.replaceAll("\u001f", "\n")]),
    ),
  );
}

/** One text of a construct's host: `hostText(stack, "web1", "plan")`. */
export function hostText(stack: TerraformStack, id: string, name: string): string | undefined {
  const files = Object.entries(hostFiles(synthesize(stack)));
  return files.find(([key]) => key.startsWith(`${id}_`) && key.endsWith(` ${name}`))?.[1];
}

/** What a reviewer wants to see of a stack: when work is done again, after what, and over which connection. */
export function outline(synthesized: Synthesized): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resources(synthesized)).map(([address, resource]) => {
      const { triggers, triggers_replace, depends_on, lifecycle } = resource;
      return [
        address,
        {
          ...(triggers && { triggers: withoutDigest(triggers) }),
          ...(triggers_replace && { triggers_replace: withoutDigest(triggers_replace) }),
          depends_on,
          lifecycle,
          provisioners: provisioners(resource).map(({ when, connection }) => `${when ?? "create"}: ${way(connection)}`),
        },
      ];
    }),
  );
}

/** The digest of the host program changes with every edit of it. */
function withoutDigest(triggers: Readonly<Record<string, string>>): Record<string, string> {
  return "program" in triggers ? { ...triggers, program: "(digest)" } : triggers;
}

function way({ host, user, port }: Connection): string {
  return `${user}@${host}:${port}`;
}

/** The lines of every keepalived.conf of a stack that start with one of the words, by `CONSTRUCT_DIRECTOR`. */
export function confLines(stack: TerraformStack, ...keywords: string[]): Record<string, string[]> {
  const files = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => name.endsWith("keepalived.conf"));
  return Object.fromEntries(
    files.map(([name, text]) => {
      const lines = text.split("\n").map((line) => line.trim());
      return [name.replace(/_files_.*/, ""), lines.filter((line) => keywords.includes(line.split(" ")[0] ?? ""))];
    }),
  );
}
