import type { IConstruct } from "constructs";
import type { Deferrable } from "../model/deferred";
import type { HostPlan, HostRole } from "./host-plan";
import type { SshConnection } from "./ssh-connection";

/** The Terraform resource that carries the work for a host. */
export enum CarrierType {
  /** Built into Terraform and OpenTofu; needs no provider. */
  TERRAFORM_DATA = "terraform_data",
  /** From the null provider, which is added to the stack when it is missing. */
  NULL_RESOURCE = "null_resource",
}

/** How much of the files on a host Terraform's plan shows, and so its state keeps. */
export enum PlanDetail {
  /** Every line of every file. */
  FILES = "files",
  /** A digest of each file, for fleets whose state would grow too large. */
  DIGESTS = "digests",
}

/** What carries the work for a host. */
export interface Delivery {
  /**
   * The Terraform resource that carries the work.
   * @default CarrierType.TERRAFORM_DATA
   */
  readonly carrier?: CarrierType;
  /**
   * How much of the files Terraform's plan shows.
   * @default PlanDetail.FILES
   */
  readonly planDetail?: PlanDetail;
}

/** A host, its plan and the way to it. */
export interface ManagedHostProps {
  readonly role: HostRole;
  readonly address: Deferrable<string>;
  readonly connection: SshConnection;
  readonly delivery: Delivery;
  /** Called at synth, when all of the tree is known. */
  readonly plan: () => HostPlan;
  /** More reasons to do the work again. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Takes everything of ours off the host, as a deploy and not as a destroy. */
  readonly decommission?: boolean;
}

/** A text that only the host may see. */
export interface HostSecret {
  /** Tells it from others of the host. */
  readonly id: string;
  /** What stands in files where it goes. */
  readonly placeholder: string;
  readonly value: string;
}

/** A host that some way brings to its plan, in its turn. */
export interface ManagedHost extends IConstruct {
  /** Whether everything of ours is taken off it instead. */
  readonly decommissioned: boolean;
  /** What it is to have; throws when the definition is wrong. */
  plan(): HostPlan;
  /** A secret that files of the plan have a placeholder for. */
  addSecret(secret: HostSecret): void;
  /** The other host is brought to its plan first, and cleaned last. */
  configureAfter(other: ManagedHost): void;
  /** The other host is changed first; nothing is said about who is cleaned first. */
  decommissionAfter(other: ManagedHost): void;
  /** To be called when something that the plan is made from changes: frameworks ask for it many times. */
  forgetPlan(): void;
}
