import { TerraformLocal, TerraformVariable } from "cdktf";
import { AddressList } from "../../src/provisioners/terraform/address-list";
import { lineCount } from "../../src/provisioners/terraform/directive";
import { expression } from "../../src/provisioners/terraform/expression";
import { newStack, synthesize } from "../support/stacks";

const stack = newStack();
const variable = new TerraformVariable(stack, "ips", { type: "list(string)" });
const blue = new AddressList(stack, "blue", variable.listValue);
const green = new AddressList(stack, "green", ["10.0.0.1", variable.stringValue]);

/** What Terraform gets for a value of a local. */
function rendered(value: unknown): unknown {
  const id = `text${stack.node.children.length}`;
  new TerraformLocal(stack, id, value);
  return synthesize(stack).locals?.[id];
}

test("an expression has tokens as parts, and is a part itself", () => {
  const inner = expression`length(${variable.listValue})`;
  expect(rendered(expression`${inner} + ${inner} + 1`)).toBe("${length(var.ips) + length(var.ips) + 1}");
  expect(rendered(`a ${inner.toString()} b`)).toBe("a ${length(var.ips)} b");
});

test("a list is sorted, each address once, in its printed form", () => {
  const { locals } = synthesize(stack);
  expect(locals?.["blue"]).toBe(
    '${sort(distinct([for address in tolist(var.ips) : try(cidrhost("${address}/128", 0), address)]))}',
  );
  expect(locals?.["green"]).toContain('tolist(["10.0.0.1", var.ips])');
});

test("text of every item, beside escapes and other tokens", () => {
  expect(rendered(blue.repeated(`${blue.item.text} ${blue.item.bracketed} ${variable.stringValue}\n`))).toBe(
    '%{ for address in local.blue }${address} ${replace(address, "/^(.*:.*)$/", "[$1]")} ${var.ips}\n%{ endfor }',
  );
});

test("text that is there when one of the lists has an item", () => {
  expect(rendered(blue.unlessEmpty([], "x"))).toBe("%{ if length(local.blue) > 0 }x%{ endif }");
  expect(rendered(blue.unlessEmpty([green], "x"))).toBe(
    "%{ if length(local.blue) + length(local.green) > 0 }x%{ endif }",
  );
});

test.each([
  ["no text", "", "${1}"],
  ["lines with a token", `a\n${variable.stringValue}\n`, "${3}"],
  ["one line of every item", `a\n${blue.repeated("b\n")}c\n`, "${3 + 1 * length(local.blue)}"],
  ["the same list twice", `${blue.repeated("b\nb\n")}${blue.repeated("c\n")}`, "${1 + 3 * length(local.blue)}"],
  [
    "what is repeated in what may be absent",
    blue.unlessEmpty([], `a\n${blue.repeated("b\n")}c\n`),
    "${1 + 2 * (length(local.blue) > 0 ? 1 : 0) + 1 * length(local.blue)}",
  ],
])("the lines of %s", (_title, text, count) => {
  expect(rendered(lineCount(text))).toBe(count);
});
