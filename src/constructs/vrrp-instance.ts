import { Construct } from "constructs";
import type { DeepDeferrable } from "../model/deferred";
import type { Problem } from "../model/problem";
import type { VrrpInstanceSettings, VrrpSettings } from "../model/vrrp";
import type { PreferenceSettings } from "../model/vrrp-preference";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { SecretValue } from "./authentication";
import type { HaPair } from "./ha-pair";
import type { IVrrpInstance } from "./pair-instances";
import { instanceProblems } from "./pair-rules";
import { reportProblems, showWarnings } from "./synth-checks";
import { registerRouter, sharedRouterIdProblems } from "./tree-rules";

/** Props of {@link VrrpInstance}. */
export interface VrrpInstanceProps extends VrrpSettings, PreferenceSettings {
  /** The pair whose directors share it. */
  readonly pair: HaPair;
  /**
   * Network interface that carries the VRRP adverts, and the VIPs if `vipInterface` names no other; the same on all
   * directors (keepalived: `interface`).
   * @default - the interface of the pair
   */
  readonly interface?: string;
  /**
   * Network interface that holds the VIPs, the same on all directors. A director that loses it gives up the VIPs; with a
   * weight in `trackInterfaces` its priority changes instead (keepalived: `dev`).
   * @default - that of the pair where adverts go over the interface of the pair, otherwise the interface of the adverts
   */
  readonly vipInterface?: string;
  /**
   * Addresses of the directors on the interface of the adverts, which these go between by unicast: primary, secondary,
   * then the further backups (keepalived: `unicast_src_ip`, `unicast_peer`).
   * @default - those of the pair where adverts go over its interface, otherwise the addresses of the directors themselves
   */
  readonly directorAddresses?: readonly string[];
  /**
   * VRRP password, 1 to 8 printable ASCII characters without space, quote or backslash; VRRP version 2 only. A sensitive
   * TerraformVariable, or a token (keepalived: `auth_pass`).
   * @default - the password of the pair in VRRP version 2, none in version 3
   */
  readonly authentication?: SecretValue;
}

/**
 * A further VRRP instance of a pair: VIPs that move by themselves, perhaps at home on another director. The pair is an
 * instance too.
 */
export class VrrpInstance extends Construct implements IVrrpInstance {
  public readonly pair: HaPair;
  /** Network interface that carries the VRRP adverts. */
  public readonly interface: string;
  /** Number of the VRRP instance (VRID). */
  public readonly virtualRouterId: number;

  public constructor(scope: Construct, id: string, props: VrrpInstanceProps) {
    super(scope, id);
    const { pair, authentication, ...told } = props;
    this.pair = pair;
    this.interface = told.interface ?? pair.interface;
    this.virtualRouterId = told.virtualRouterId;
    const settings: DeepDeferrable<VrrpInstanceSettings> = {
      ...(this.interface === pair.interface ? pair.vrrp.ownPlaces : {}),
      ...deferTokens<VrrpInstanceSettings>(`VRRP instance '${this.node.path}'`, { ...told, interface: this.interface }),
    };
    pair.vrrp.add({ construct: this, settings, authentication });
    const { virtualRouterId, directorAddresses = pair.hostAddresses } = settings;
    registerRouter({ construct: this, virtualRouterId, advertAddresses: directorAddresses });
    reportProblems(this, () => this.problems());
    showWarnings(this, () => this.warnings());
  }

  /** @internal */
  public problems(): Problem[] {
    return [...instanceProblems(this.pair.vrrp, this), ...sharedRouterIdProblems(this)];
  }

  private warnings(): string[] {
    if (this.pair.vrrp.vipsOf(this).length > 0) return [];
    return [
      "holds no VIP: no virtual service names it (vrrpInstance), and it has no vips of its own; give it one, or leave the instance out",
    ];
  }
}
