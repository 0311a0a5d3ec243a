import type { Problem } from "./problem";
import { oneOfProblems } from "./rules";

/** How adverts carry the VRRP password. */
export enum AuthenticationType {
  /** In clear text. */
  PASS = "PASS",
  /** As the key of a checksum (IPsec AH, IP protocol 51), between IPv4 directors. */
  AH = "AH",
}

/** The VRRP password, which no file of ours may show before it is on the host. */
export interface Authentication {
  readonly type: AuthenticationType;
  /** Printed where the password goes; replaced on the way to the host. */
  readonly placeholder: string;
}

/** What is known of the authentication of an instance without its password. */
export interface AuthenticationContext {
  readonly authenticated: boolean;
  readonly authenticationType: AuthenticationType | undefined;
  readonly version: 2 | 3;
}

export function authenticationProblems(context: AuthenticationContext): Problem[] {
  const { authenticated, authenticationType: type } = context;
  return [
    ...oneOfProblems("authenticationType", type, Object.values(AuthenticationType)),
    ...(type !== undefined && !authenticated
      ? [{ path: "authenticationType", message: `needs a password, got ${type} without one; set authentication` }]
      : []),
    ...versionProblems(context),
  ];
}

function versionProblems({ authenticated, version }: AuthenticationContext): Problem[] {
  if (!authenticated || version === 2) return [];
  const advice = "use whole seconds and IPv4 directors, or leave it out";
  return [
    { path: "authentication", message: `needs VRRP version 2, got version 3, which has no authentication; ${advice}` },
  ];
}
