import type { DirectorProps, HaPairProps, RealServerProps } from "../../../src";

/** Props that the app of the tuning tests gives its constructs. */
export interface TunedDefinition {
  readonly pair?: Partial<HaPairProps>;
  /** @default - there is no lone director */
  readonly lone?: Partial<DirectorProps>;
  readonly server?: Partial<RealServerProps>;
  /** Another value configures every host again. */
  readonly again?: string;
}
