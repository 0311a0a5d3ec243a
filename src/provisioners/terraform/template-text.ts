/**
 * A run of `$` or `%` that Terraform would take as the start of a template: before a brace, before a token of the
 * framework, or before a number token. A token's own `${` is left alone.
 */
const TEMPLATE_START = /([$%]+)(?=\{(?!TfToken\[)|\$\{TfToken\[|-\d(?:\.\d+)?e\+(?:29[89]|30\d))/g;

/**
 * Text for a Terraform string: everything in it is literal but the framework's tokens. This is the only place that
 * escapes for Terraform.
 */
export function templateText(text: string): string {
  return text.replace(TEMPLATE_START, (run) => `\${"${run}"}`);
}
