import { printed, type Deferrable } from "../../model/deferred";
import { hostKeys, type SshConnection } from "../ssh-connection";

/** Terraform's connection block. The values of `fixed` are what a destroy provisioner may refer to through `self`. */
export interface ConnectionBlocks {
  readonly fixed: Readonly<Record<string, string>>;
  readonly secret: Readonly<Record<string, string>>;
}

export function connectionBlocks(connection: SshConnection, address: SshConnection["host"] & {}): ConnectionBlocks {
  const { bastion } = connection;
  const keyFile = connection.privateKeyPath;
  return {
    fixed: present({
      host: connection.host ?? address,
      port: connection.port ?? 22,
      user: connection.user ?? "root",
      host_key: hostKeyText(connection.hostKey, connection.port ?? 22),
      private_key: keyFile,
      certificate: connection.certificate,
      agent_identity: connection.agentIdentity,
      timeout: `${printed(connection.timeoutSeconds ?? 60)}s`,
      bastion_host: bastion?.host,
      bastion_port: bastion?.port,
      bastion_user: bastion?.user,
      bastion_host_key: hostKeyText(bastion?.hostKey, bastion?.port ?? 22),
      bastion_private_key: bastion?.privateKeyPath,
    }),
    secret: present({ private_key: connection.privateKey, password: connection.password }),
  };
}

/**
 * Terraform writes a line of a known_hosts file of it, for the host at port 22. The lines that follow are for every host,
 * and it talks to one.
 */
function hostKeyText(given: SshConnection["hostKey"], port: Deferrable<number>): string | undefined {
  const [first, ...others] = hostKeys(given).map(printed);
  if (first === undefined) return undefined;
  const further = port === 22 ? others : [first, ...others];
  return [first, ...further.map((key) => `[*]:${printed(port)} ${key}`)].join("\n");
}

function present(values: Record<string, Parameters<typeof printed>[0] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, printed(value)]])),
  );
}
