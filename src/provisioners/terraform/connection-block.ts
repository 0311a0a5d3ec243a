import { printed } from "../../model/deferred";
import type { SshConnection } from "../ssh-connection";

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
      host_key: connection.hostKey,
      private_key: keyFile,
      certificate: connection.certificate,
      agent_identity: connection.agentIdentity,
      timeout: `${printed(connection.timeoutSeconds ?? 60)}s`,
      bastion_host: bastion?.host,
      bastion_port: bastion?.port,
      bastion_user: bastion?.user,
      bastion_host_key: bastion?.hostKey,
      bastion_private_key: bastion?.privateKeyPath,
    }),
    secret: present({ private_key: connection.privateKey, password: connection.password }),
  };
}

function present(values: Record<string, Parameters<typeof printed>[0] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, printed(value)]])),
  );
}
