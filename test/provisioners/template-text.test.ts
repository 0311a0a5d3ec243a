import { TerraformVariable, Token } from "cdktf";
import { templateText } from "../../src/provisioners/terraform/template-text";
import { TerraformLocal } from "../../src/framework";
import { newStack, synthesize } from "../support/stacks";

const stack = newStack();
const address = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;

let texts = 0;

/** What Terraform gets for a text. */
function rendered(text: string): unknown {
  const id = `text-${texts++}`;
  new TerraformLocal(stack, id, templateText(text));
  return synthesize(stack).locals?.[id];
}

test.each([
  ["nothing", ""],
  ["a sentence", "weight 10 dev eth0"],
  ["quotes, backslashes and white space", "\"a\" 'b' \\ \t\r\nä"],
  ["shell variables without braces", 'echo "$HOME" $1 $$ $(id) 100%'],
  ["a dollar at the end", "cost $"],
  ["a brace by itself", "{ } %s"],
  ["a token", `address ${address}`],
  ["a token in braces of its own", `{${address}}`],
  ["a small negative number", "-1.5e+10"],
])("leaves %s alone", (_title, text) => {
  expect(templateText(text)).toBe(text);
});

test.each([
  ["a shell variable in braces", 'x="${VAR:-d}"', 'x="${"$"}{VAR:-d}"'],
  ["a directive", "%{if x}", '${"%"}{if x}'],
  ["what looks escaped", "$${esc} %%{esc}", '${"$$"}{esc} ${"%%"}{esc}'],
  ["a dollar before a token", `cost $${address}`, 'cost ${"$"}${var.address}'],
  ["a per cent sign before a token", `%${address}`, '${"%"}${var.address}'],
  ["a dollar before a number token", `cost $${port}`, 'cost ${"$"}${var.port}'],
  ["a dollar before a number token as text", `cost $${Token.asString(port)}`, 'cost ${"$"}${var.port}'],
  ["a token in braces of the shell", "${" + address + "}", '${"$"}{${var.address}}'],
  ["an expression of Terraform's own", "${var.address}", '${"$"}{var.address}'],
])("escapes %s", (_title, text, expected) => {
  expect(rendered(text)).toBe(expected);
});
