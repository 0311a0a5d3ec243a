import type { Construct } from "constructs";
import { Lazy, TerraformLocal, TerraformStack, Token } from "../../framework";
import type { Content, ContentEncoder } from "../apply-script";
import { hostProgram } from "../host-program";
import { planText, type HostPlan } from "../host-plan";
import type { HostSecret } from "../managed-host";
import type { Precondition } from "./carrier";
import { lineCount } from "./directive";
import { Expression } from "./expression";
import { listConditions } from "./list-conditions";
import { made, refusable } from "./refusable";
import { templateText } from "./template-text";

const PROGRAM_ID = "cdktf-lvs-program";
const BAD_PASSWORD =
  "authentication: the VRRP password must have 1 to 8 printable ASCII characters without space, quote or backslash";
const LINE_BREAK =
  "a value that another resource gives has a line break in it, which would be a line of its own in a file";

/**
 * The texts of one host as a Terraform local, so that each is in the configuration once, however often it is used. Only
 * Terraform knows them in full: tokens and the secret come in there.
 */
export class LocalFiles implements ContentEncoder {
  private readonly files: TerraformLocal;
  private readonly program: TerraformLocal;
  /** By the placeholders that they replace. */
  private readonly secrets = new Map<string, TerraformLocal>();
  private readonly expressions = new Map<string, string>();
  private kept: { readonly plan: HostPlan; readonly texts: Record<string, string> } | undefined;

  public constructor(
    private readonly scope: Construct,
    private readonly plan: () => HostPlan,
  ) {
    this.files = new TerraformLocal(
      scope,
      "files",
      refusable(scope, () => made(() => this.texts())),
    );
    this.program = programOf(TerraformStack.of(scope));
  }

  public addSecret({ id, placeholder, value }: HostSecret): void {
    this.secrets.set(placeholder, new TerraformLocal(this.scope, id, value));
  }

  public base64(content: Content): string {
    if (content.name === "program") return this.expression(reference(this.program));
    return this.expression(`base64encode(${this.wholeText(content)})`);
  }

  public sha256(content: Content): string {
    return this.expression(`sha256(${this.wholeText(content)})`);
  }

  /** What a plan shows of a text: its lines, without the secret. */
  public shownText(name: string): string {
    return this.expression(this.text(name));
  }

  /** What a plan shows of a text where only its digest may be kept. */
  public shownDigest(name: string): string {
    return this.expression(`sha256(${this.text(name)})`);
  }

  /** What only Terraform can see: the secret, and values of other resources. */
  public preconditions(): Precondition[] {
    const conditions: Precondition[] = [];
    for (const secret of this.secrets.values()) {
      const condition = `can(regex("^[!#-\\\\[\\\\]-~]{1,8}$", ${revealed(secret)}))`;
      conditions.push({ condition: this.expression(condition), errorMessage: BAD_PASSWORD });
    }
    const all = Object.values(this.texts());
    if (all.some((text) => Token.isUnresolved(text))) {
      const got = `length(split("\\n", join("", values(${reference(this.files)}))))`;
      const condition = new Expression([`${got} == `, ""], [lineCount(all.join(""))]);
      conditions.push({ condition: condition.toString(), errorMessage: LINE_BREAK });
    }
    return [...listConditions(this.plan().listRules ?? []), ...conditions];
  }

  private wholeText({ name, placeholders = [] }: Content): string {
    return placeholders.reduce((text, placeholder) => {
      const secret = this.secrets.get(placeholder);
      // Marked as not sensitive, or Terraform would hide all that the run prints.
      return secret === undefined ? text : `replace(${text}, ${JSON.stringify(placeholder)}, ${revealed(secret)})`;
    }, this.text(name));
  }

  /** An expression of Terraform's own, as a token, so that it stays alive in text that is escaped. */
  private expression(text: string): string {
    const token = this.expressions.get(text) ?? Lazy.stringValue({ produce: () => `\${${text}}` });
    this.expressions.set(text, token);
    return token;
  }

  private text(name: string): string {
    const stored = `${reference(this.files)}[${JSON.stringify(name)}]`;
    return this.texts()[name]?.includes(FOLD) ? `replace(${stored}, "\\u001f", "\\n")` : stored;
  }

  private texts(): Record<string, string> {
    const plan = this.plan();
    if (this.kept?.plan !== plan) this.kept = { plan, texts: textsOf(plan) };
    return this.kept.texts;
  }
}

/** Works whether the value is marked or not; Terraform refuses to unmark one that is not. */
function revealed(secret: TerraformLocal): string {
  return `nonsensitive(sensitive(${reference(secret)}))`;
}

/** Part of an expression, which the framework's own token would not be. */
function reference(local: TerraformLocal): string {
  return `local.${local.friendlyUniqueId}`;
}

function textsOf(plan: HostPlan): Record<string, string> {
  return Object.fromEntries([
    ["plan", stored(planText(plan))],
    ["rules", stored(plan.rules)],
    ...plan.files.map(({ path, text }) => [path, stored(text)] as const),
  ]);
}

/** Stands for a line break; no text of ours has it. */
const FOLD = "\u001f";
const MANY_LINES = 500;

/** Terraform's time to read a text grows with the square of its lines, so a long one becomes a single line. */
function stored(text: string): string {
  const lines = text.split("\n");
  return templateText(lines.length > MANY_LINES ? lines.join(FOLD) : text);
}

function programOf(stack: TerraformStack): TerraformLocal {
  const present = stack.node.tryFindChild(PROGRAM_ID) as TerraformLocal | undefined;
  // Encoded here and not by Terraform, which is slow to read long texts of many lines, again for every host.
  return present ?? new TerraformLocal(stack, PROGRAM_ID, Buffer.from(hostProgram()).toString("base64"));
}
