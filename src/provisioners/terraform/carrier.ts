import type { Construct } from "constructs";
import {
  addNullProvider,
  Annotations,
  TerraformResource,
  TerraformStack,
  type TerraformResourceConfig,
} from "../../framework";
import { CarrierType } from "../managed-host";
import { made, refusable } from "./refusable";

/** One remote-exec provisioner, in Terraform's own words. */
export interface RemoteExec {
  readonly when?: "destroy";
  readonly connection: Readonly<Record<string, string | number>>;
  readonly inline: readonly string[];
}

/** What a carrier is made from; produced at synth, when all of the tree is known. */
export interface CarrierContent {
  /** The work is done again when one of these changes. */
  readonly triggers: Readonly<Record<string, string>>;
  readonly provisioners: readonly RemoteExec[];
  /** What must hold before any work is done. */
  readonly preconditions?: readonly Precondition[];
}

/** A condition as a Terraform expression, and what to tell when it does not hold. */
export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** The parts of Terraform's lifecycle block that are needed here. */
type Lifecycle = NonNullable<TerraformResourceConfig["lifecycle"]>;

const NOTHING: CarrierContent = { triggers: {}, provisioners: [] };

const TRIGGERS_ATTRIBUTE = {
  [CarrierType.TERRAFORM_DATA]: "triggers_replace",
  [CarrierType.NULL_RESOURCE]: "triggers",
} as const;

/**
 * terraform_data or null_resource. The framework's own class for terraform_data starts a terraform process per
 * instance at synth.
 */
export class Carrier extends TerraformResource {
  private readonly earlier = new Set<Carrier>();
  private triggers: unknown;

  public constructor(
    scope: Construct,
    id: string,
    private readonly carrierType: CarrierType,
    private readonly content: (self: string) => CarrierContent,
    lifecycle: Lifecycle = {},
  ) {
    super(scope, id, {
      terraformResourceType: carrierType,
      ...(carrierType === CarrierType.NULL_RESOURCE && {
        terraformGeneratorMetadata: { providerName: "null", providerVersionConstraint: "~> 3.2" },
      }),
      lifecycle,
    });
    if (carrierType === CarrierType.NULL_RESOURCE) addNullProvider(TerraformStack.of(this));
  }

  /** Makes Terraform create this carrier after the other, and destroy it before. */
  public runAfter(other: Carrier): void {
    const stack = TerraformStack.of(this);
    const otherStack = TerraformStack.of(other);
    if (stack === otherStack) this.earlier.add(other);
    else if (!otherStack.dependsOn(stack)) stack.addDependency(otherStack);
    else {
      const other = otherStack.node.id;
      Annotations.of(this).addWarning(
        `must come after stack '${other}', which depends on this one: Terraform cannot keep that order; deploy '${other}' first`,
      );
    }
  }

  public override toTerraform(): unknown {
    const content = made(() => this.content(`self.${this.triggersAttribute}`));
    this.triggers = refusable(this, () => ("value" in content ? { value: content.value.triggers } : content));
    const { provisioners, preconditions = [] } = "value" in content ? content.value : NOTHING;
    const earlier = [...this.earlier].map(({ terraformResourceType, friendlyUniqueId }) =>
      [terraformResourceType, friendlyUniqueId].join("."),
    );
    // Others may have added some.
    this.dependsOn = [...new Set([...(this.dependsOn ?? []), ...earlier])];
    if (preconditions.length > 0) this.lifecycle = { ...this.lifecycle, precondition: [...preconditions] };
    // Terraform refuses an empty list of them.
    if (provisioners.length > 0) {
      this.provisioners = provisioners.map((provisioner) => ({ type: "remote-exec", ...provisioner }) as never);
    }
    // For terraform_data; conditions came with 1.2. What the stack says of itself goes before this.
    const terraform = { required_version: ">= 1.4" };
    return { ...(super.toTerraform() as object), terraform };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { [this.triggersAttribute]: this.triggers };
  }

  private get triggersAttribute(): string {
    return TRIGGERS_ATTRIBUTE[this.carrierType];
  }
}
