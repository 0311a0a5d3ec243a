import type { CarrierType } from "cdktf-lvs";

/** What the app of the lab tests makes. */
export interface Definition {
  readonly director: "pair" | "keepalived" | "ipvsadm";
  /** @default ["192.0.2.100"] */
  readonly vips?: readonly string[];
  /** @default "eth0" */
  readonly interface?: string;
  /** @default 20 */
  readonly drainTimeoutSeconds?: number;
  /** @default "root" */
  readonly user?: string;
  /** Where sshd is reached. @default 22 */
  readonly port?: number;
  /** Whether sudo asks that user for a password. @default false */
  readonly sudoPassword?: boolean;
  /** @default CarrierType.TERRAFORM_DATA */
  readonly carrier?: CarrierType;
  readonly servers: Readonly<Record<string, ServerDefinition>>;
}

export interface ServerDefinition {
  readonly address: string;
  readonly weight?: number;
  readonly decommission?: boolean;
}
