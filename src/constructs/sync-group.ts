import { Construct } from "constructs";
import type { Problem } from "../model/problem";
import type { SyncGroupSettings } from "../model/vrrp-sync-group";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { IVrrpInstance } from "./pair-instances";
import { groupProblems } from "./pair-rules";
import { reportProblems } from "./synth-checks";

/** Props of {@link SyncGroup}. */
export interface SyncGroupProps extends SyncGroupSettings {
  /** The instances that fail over as one, at least two, all of one pair; a pair itself is one of its instances. */
  readonly instances: readonly IVrrpInstance[];
}

/** VRRP instances of a pair that fail over as one (keepalived: `vrrp_sync_group`). */
export class SyncGroup extends Construct {
  private readonly instances: readonly IVrrpInstance[];

  public constructor(scope: Construct, id: string, props: SyncGroupProps) {
    super(scope, id);
    const { instances, ...settings } = props;
    this.instances = instances;
    const [first] = instances;
    first?.pair.vrrp.addGroup({
      construct: this,
      instances,
      settings: deferTokens<SyncGroupSettings>(`sync group '${this.node.path}'`, settings),
    });
    reportProblems(this, () => this.problems());
  }

  /** @internal */
  public problems(): Problem[] {
    const [first] = this.instances;
    if (first === undefined) return [{ path: "instances", message: "must hold at least two VRRP instances, got none" }];
    const { pair } = first;
    const strangers = this.instances.flatMap((instance, index) => {
      if (instance.pair === pair) return [];
      const got = `'${instance.node.path}' of '${instance.pair.node.path}'`;
      return [{ path: `instances[${index}]`, message: `must be an instance of '${pair.node.path}', got ${got}` }];
    });
    return strangers.length > 0 ? strangers : groupProblems(pair.vrrp, this);
  }
}
