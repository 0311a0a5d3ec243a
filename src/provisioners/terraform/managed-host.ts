import { Construct } from "constructs";
import { Fn, Annotations } from "../../framework";
import { printed, type Deferrable } from "../../model/deferred";
import { applyScript } from "../apply-script";
import { hostProgramDigest } from "../host-program";
import type { HostPlan, HostRole } from "../host-plan";
import { removeScript } from "../remove-script";
import { Carrier, CarrierType, type CarrierContent, type RemoteExec } from "./carrier";
import {
  connectionBlocks,
  connectionWarnings,
  secretWithoutDestroy,
  type ConnectionBlocks,
  type SshConnection,
} from "./connection";
import { LocalFiles } from "./local-files";
import { templateText } from "./template-text";
import { PREPARE_SCRIPT, PREPARE_SCRIPT_PATH, scriptPath, sessionScript, type Session } from "./session-script";

/** How much of the files on a host Terraform's plan shows, and so its state keeps. */
export enum PlanDetail {
  /** Every line of every file. */
  FILES = "files",
  /** A digest of each file, for fleets whose state would grow too large. */
  DIGESTS = "digests",
}

/** How a host is reached and what carries the work. */
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

export interface ManagedHostProps {
  readonly role: HostRole;
  readonly address: Deferrable<string>;
  readonly connection: SshConnection;
  readonly delivery: Delivery;
  /** Called at synth, when all of the tree is known. */
  readonly plan: () => HostPlan;
  /** Replaces the placeholders in the files of the plan. */
  readonly secret?: string;
  /** More reasons to do the work again. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Takes everything of ours off the host, as a deploy and not as a destroy. */
  readonly decommission?: boolean;
}

/**
 * A host that Terraform's own provisioners bring to its plan, over one SSH connection per change.
 *
 * Two carriers: `config` does the work again whenever something of the plan changes; `teardown` changes only with the
 * way to the host and cleans it when it is destroyed. create_before_destroy keeps a mere replacement of `teardown` from
 * cleaning a host that goes on serving.
 */
export class ManagedHost extends Construct {
  private readonly config: Carrier;
  private readonly teardown: Carrier;
  private readonly blocks: ConnectionBlocks;
  private readonly root: boolean;
  private keptPlan: HostPlan | undefined;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ManagedHostProps,
  ) {
    super(scope, id);
    const carrier = props.delivery.carrier ?? CarrierType.TERRAFORM_DATA;
    this.blocks = connectionBlocks(props.connection, props.address);
    this.root = (props.connection.user ?? "root") === "root";
    this.teardown = new Carrier(this, "teardown", carrier, (self) => this.teardownContent(self), {
      createBeforeDestroy: true,
    });
    if (props.decommission) {
      this.config = new Carrier(this, "decommission", carrier, () => this.decommissionContent());
    } else {
      const files = new LocalFiles(this, () => this.plan(), props.secret);
      this.config = new Carrier(this, "config", carrier, () => this.configContent(files), secretLifecycle(files));
    }
    this.config.runAfter(this.teardown);
    for (const warning of connectionWarnings("connection", props.connection)) Annotations.of(this).addWarning(warning);
  }

  /** The other host is brought to its plan first, and cleaned last. */
  public configureAfter(other: ManagedHost): void {
    this.config.runAfter(other.config);
    this.teardown.runAfter(other.teardown);
  }

  /** The other host is changed first; nothing is said about who is cleaned first. */
  public decommissionAfter(other: ManagedHost): void {
    this.config.runAfter(other.config);
  }

  /** To be called when something that the plan is made from changes: the framework asks for it many times. */
  public forgetPlan(): void {
    this.keptPlan = undefined;
  }

  private plan(): HostPlan {
    this.keptPlan ??= this.props.plan();
    return this.keptPlan;
  }

  private configContent(files: LocalFiles): CarrierContent {
    const plan = this.plan();
    const shown =
      this.props.delivery.planDetail === PlanDetail.DIGESTS
        ? files.shownDigest.bind(files)
        : files.shownText.bind(files);
    return {
      triggers: {
        host: this.blocks.fixed["host"] ?? "",
        plan: shown("plan"),
        ...Object.fromEntries(plan.files.map(({ path }) => [path, shown(path)])),
        program: hostProgramDigest(),
        ...this.props.triggers,
      },
      provisioners: [this.remoteExec(applyScript(plan, files))],
    };
  }

  private decommissionContent(): CarrierContent {
    // For the problems that it throws.
    this.plan();
    return {
      triggers: { host: this.blocks.fixed["host"] ?? "", ...this.props.triggers },
      provisioners: [this.remoteExec(removeScript(this.props.role))],
    };
  }

  private remoteExec(script: string): RemoteExec {
    const { fixed, secret } = this.blocks;
    return {
      connection: {
        type: "ssh",
        ...fixed,
        ...keyFiles(fixed, (name) => Fn.file(Fn.pathexpand(fixed[name] ?? ""))),
        ...secret,
        script_path: scriptPath(this.root),
      },
      inline: [templateText(sessionScript(script, this.session()))],
    };
  }

  private session(): Session {
    const { sudoPassword } = this.props.connection;
    if (sudoPassword === undefined) return { root: this.root };
    // Marked as not sensitive, or Terraform would hide all that the run prints.
    const revealed = Fn.nonsensitive(Fn.sensitive(printed(sudoPassword))) as string;
    return { root: this.root, sudoPassword: Fn.base64encode(Fn.join("", [revealed, "\n"])) };
  }

  private teardownContent(self: string): CarrierContent {
    const { fixed } = this.blocks;
    const provisioners: RemoteExec[] = [];
    if (!this.root) {
      const { connection } = this.remoteExec("");
      provisioners.push({ connection: { ...connection, script_path: PREPARE_SCRIPT_PATH }, inline: [PREPARE_SCRIPT] });
    }
    // Here Terraform knows nothing but what the state holds.
    if (secretWithoutDestroy(this.props.connection) === undefined) {
      const known = Object.fromEntries(Object.keys(fixed).map((name) => [name, `\${${self}.${name}}`]));
      provisioners.push({
        when: "destroy",
        connection: {
          type: "ssh",
          ...known,
          ...keyFiles(fixed, (name) => `\${file(pathexpand(${self}.${name}))}`),
          script_path: scriptPath(this.root),
        },
        inline: [templateText(sessionScript(removeScript(this.props.role), { root: this.root, last: true }))],
      });
    }
    return { triggers: fixed, provisioners };
  }
}

/** The state holds paths of key files; Terraform reads them when it connects. */
function keyFiles(fixed: Readonly<Record<string, string>>, read: (name: string) => string): Record<string, string> {
  const names = ["private_key", "bastion_private_key"].filter((name) => fixed[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

function secretLifecycle(files: LocalFiles): ConstructorParameters<typeof Carrier>[4] {
  const condition = files.secretCondition;
  if (condition === undefined) return {};
  const errorMessage =
    "authentication: the VRRP password must have 1 to 8 printable ASCII characters without space, quote or backslash";
  return { precondition: [{ condition, errorMessage }] };
}
