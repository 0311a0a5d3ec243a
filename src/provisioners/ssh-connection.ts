import { Deferred, type DeepDeferrable, type Deferrable } from "../model/deferred";
import { portProblems } from "../model/address";
import type { Problem } from "../model/problem";
import { integerProblems, shown } from "../model/rules";

/** A host to jump through. */
export interface BastionSettings {
  /** Host name or address of the bastion (connection: `bastion_host`). */
  readonly host: string;
  /**
   * Its SSH port, 1 to 65535 (connection: `bastion_port`).
   * @default 22
   */
  readonly port?: number;
  /**
   * User to log in as there (connection: `bastion_user`).
   * @default - the user of the connection
   */
  readonly user?: string;
  /**
   * Public keys of the bastion, like those of the host (connection: `bastion_host_key`).
   * @default - not checked, with a warning
   */
  readonly hostKey?: string | readonly string[];
  /**
   * File with the private key, absolute or beginning with `~/`.
   * @default - the private key of the connection
   */
  readonly privateKeyPath?: string;
}

/** How Terraform reaches a host over SSH (connection block). */
export interface SshConnectionSettings {
  /**
   * Host name or address to connect to.
   * @default - the address of the host itself
   */
  readonly host?: string;
  /**
   * SSH port of the host, 1 to 65535.
   * @default 22
   */
  readonly port?: number;
  /**
   * User to log in as: root, or one who may use sudo.
   * @default "root"
   */
  readonly user?: string;
  /**
   * Public key of the host, `ecdsa-sha2-nistp256 AAAA...`, or one of each type that it has: what `ssh-keyscan ADDRESS`
   * prints after the address. Terraform asks for an ECDSA key first, then RSA, then Ed25519, and refuses one that is not
   * given here (connection: `host_key`).
   * @default - Terraform does not check whom it talks to, with a warning
   */
  readonly hostKey?: string | readonly string[];
  /**
   * File with the private key on the machine that runs Terraform, absolute or beginning with `~/`. It must have no
   * passphrase: a key that has one belongs into the SSH agent. Unlike `privateKey` it also works for `destroy`.
   * @default - the SSH agent
   */
  readonly privateKeyPath?: string;
  /**
   * The private key itself, as a token. Terraform cannot use it to clean the host on `destroy`.
   * @default - privateKeyPath or the SSH agent
   */
  readonly privateKey?: string;
  /**
   * The password of the user, as a token. Terraform cannot use it to clean the host on `destroy`.
   * @default - none
   */
  readonly password?: string;
  /**
   * Signed certificate that belongs to the private key, as text.
   * @default - none
   */
  readonly certificate?: string;
  /**
   * Which key of the SSH agent to use (connection: `agent_identity`).
   * @default - the agent tries all of its keys
   */
  readonly agentIdentity?: string;
  /**
   * A host to jump through.
   * @default - a direct connection
   */
  readonly bastion?: BastionSettings;
  /**
   * How long to try to connect, 1 to 3600 seconds.
   * @default 60
   */
  readonly timeoutSeconds?: number;
  /**
   * The password that sudo asks for, as a token. Terraform cannot use it to clean the host on `destroy`.
   * @default - sudo must not ask for one
   */
  readonly sudoPassword?: string;
}

export type SshConnection = DeepDeferrable<SshConnectionSettings>;

const SECRETS = ["privateKey", "password", "sudoPassword"] as const;

export function connectionProblems(path: string, connection: SshConnection): Problem[] {
  return [
    ...portProblems(`${path}.port`, connection.port),
    ...integerProblems(`${path}.timeoutSeconds`, connection.timeoutSeconds, 1, 3600),
    ...hostKeyProblems(`${path}.hostKey`, connection.hostKey),
    ...keyPathProblems(`${path}.privateKeyPath`, connection.privateKeyPath),
    ...portProblems(`${path}.bastion.port`, connection.bastion?.port),
    ...hostKeyProblems(`${path}.bastion.hostKey`, connection.bastion?.hostKey),
    ...keyPathProblems(`${path}.bastion.privateKeyPath`, connection.bastion?.privateKeyPath),
    ...SECRETS.flatMap((name) => literalSecretProblems(`${path}.${name}`, connection[name])),
    ...(connection.privateKey !== undefined && connection.privateKeyPath !== undefined
      ? [{ path: `${path}.privateKey`, message: "must not be given together with privateKeyPath; leave one out" }]
      : []),
  ];
}

/** The keys that a host may show, one of each type. */
export function hostKeys(given: SshConnection["hostKey"]): readonly Deferrable<string>[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? (given as readonly Deferrable<string>[]) : [given as Deferrable<string>];
}

/** A line too many would be a key for another host. */
function hostKeyProblems(path: string, given: SshConnection["hostKey"]): Problem[] {
  const keys = hostKeys(given);
  if (given !== undefined && keys.length === 0) {
    return [{ path, message: "must hold at least one key, got none; leave it out to check none" }];
  }
  return keys.flatMap((key, index) => {
    if (key instanceof Deferred || /^(sk-)?(ssh|ecdsa)-\S+ \S+( [^\r\n]*)?$/.test(key)) return [];
    const message = `must be a type and a key like 'ecdsa-sha2-nistp256 AAAA...', got ${shown(key)}`;
    return [{ path: Array.isArray(given) ? `${path}[${index}]` : path, message }];
  });
}

/** The path is in the state, so it must mean the same file on every machine that runs Terraform. */
function keyPathProblems(path: string, value: SshConnection["privateKeyPath"]): Problem[] {
  if (typeof value !== "string" || value.startsWith("/") || value.startsWith("~/")) return [];
  return [{ path, message: `must be absolute or begin with '~/', got ${shown(value)}` }];
}

/** A secret in the program text would be in the synthesized output too. */
function literalSecretProblems(path: string, value: SshConnection["password"]): Problem[] {
  if (typeof value !== "string") return [];
  return [
    { path, message: "must be a token, got a literal (not shown); pass a sensitive TerraformVariable's stringValue" },
  ];
}

export function connectionWarnings(path: string, connection: SshConnection): string[] {
  const warnings: string[] = [];
  if (connection.hostKey === undefined) {
    warnings.push(
      `${path}.hostKey is not set: Terraform does not check whom it talks to; set it to the public key of the host`,
    );
  }
  if (connection.bastion && connection.bastion.hostKey === undefined) {
    warnings.push(
      `${path}.bastion.hostKey is not set: Terraform does not check whom it talks to; set it to the public key of the bastion`,
    );
  }
  const secret = secretWithoutDestroy(connection);
  if (secret !== undefined) {
    warnings.push(
      `${path}.${secret} cannot reach the host on destroy, which will leave the host as it is; ${secret === "sudoPassword" ? "let sudo not ask for a password" : "use privateKeyPath or the SSH agent"}`,
    );
  }
  return warnings;
}

/** The credential that only `apply` knows, if the connection hangs on one: Terraform offers `destroy` nothing but state. */
export function secretWithoutDestroy(connection: SshConnection): (typeof SECRETS)[number] | undefined {
  return SECRETS.find((name) => connection[name] !== undefined);
}
