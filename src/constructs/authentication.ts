import { TerraformVariable, Token } from "../framework";
import type { Problem } from "../model/problem";

/** A secret that only Terraform knows: a sensitive variable, or a token that leads to one. */
export type SecretValue = TerraformVariable | string;

/** Printed where the password of an instance, or of a whole pair, goes; what Terraform shows of keepalived.conf. */
export function passwordPlaceholder(instance: string | undefined): string {
  return instance === undefined ? "(sensitive VRRP password)" : `(sensitive VRRP password of ${instance})`;
}

export function secretProblems(path: string, secret: SecretValue | undefined): Problem[] {
  if (secret === undefined) return [];
  if (typeof secret === "string") {
    if (Token.isUnresolved(secret)) return [];
    return [
      { path, message: "must be a token, got a literal (not shown); pass a TerraformVariable with sensitive: true" },
    ];
  }
  if (secret.sensitive === true) return [];
  return [{ path, message: "must be a sensitive variable, got one that Terraform shows; set sensitive: true" }];
}

export function secretText(secret: SecretValue): string {
  return typeof secret === "string" ? secret : secret.stringValue;
}
