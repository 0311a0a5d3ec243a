import { Construct } from "constructs";
import { Fn, Annotations } from "../../framework";
import { printed } from "../../model/deferred";
import { applyScript } from "../apply-script";
import { hostProgramDigest } from "../host-program";
import type { HostPlan } from "../host-plan";
import { CarrierType, PlanDetail, type HostSecret, type ManagedHost, type ManagedHostProps } from "../managed-host";
import { removeScript } from "../remove-script";
import { Carrier, type CarrierContent, type RemoteExec } from "./carrier";
import { connectionWarnings, secretWithoutDestroy } from "../ssh-connection";
import { connectionBlocks, type ConnectionBlocks } from "./connection-block";
import { LocalFiles } from "./local-files";
import { templateText } from "./template-text";
import { PREPARE_SCRIPT, PREPARE_SCRIPT_PATH, scriptPath, sessionScript, type Session } from "./session-script";

/**
 * A host that Terraform's own provisioners bring to its plan, over one SSH connection per change.
 *
 * Two carriers: `config` does the work again whenever something of the plan changes; `teardown` changes only with the
 * way to the host and cleans it when it is destroyed. create_before_destroy keeps a mere replacement of `teardown` from
 * cleaning a host that goes on serving.
 */
export class ProvisionerHost extends Construct implements ManagedHost {
  public readonly decommissioned: boolean;
  private readonly config: Carrier;
  private readonly teardown: Carrier;
  private readonly blocks: ConnectionBlocks;
  private readonly root: boolean;
  private readonly files: LocalFiles | undefined;
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
    this.decommissioned = props.decommission ?? false;
    if (this.decommissioned) {
      this.config = new Carrier(this, "decommission", carrier, () => this.decommissionContent());
    } else {
      const files = new LocalFiles(this, () => this.plan());
      this.files = files;
      this.config = new Carrier(this, "config", carrier, () => this.configContent(files));
    }
    this.config.runAfter(this.teardown);
    for (const warning of connectionWarnings("connection", props.connection)) Annotations.of(this).addWarning(warning);
  }

  public configureAfter(other: ProvisionerHost): void {
    this.config.runAfter(other.config);
    this.teardown.runAfter(other.teardown);
  }

  public decommissionAfter(other: ProvisionerHost): void {
    this.config.runAfter(other.config);
  }

  public addSecret(secret: HostSecret): void {
    this.files?.addSecret(secret);
  }

  public plan(): HostPlan {
    this.keptPlan ??= this.props.plan();
    return this.keptPlan;
  }

  public forgetPlan(): void {
    this.keptPlan = undefined;
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
      preconditions: files.preconditions(),
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
