/**
 * For tests of stacks: the hosts of a stack with all that they will have, and matchers and a snapshot serializer for
 * them.
 * @module cdktf-lvs/testing
 */

// First, so that what is missing is named before anything fails for the lack of it.
import "../requirements";

export type { HostRole } from "../provisioners/host-plan";
export type { KeepalivedConfOptions } from "./conf-matcher";
export type { Expected, ExpectedRealServer, ExpectedService } from "./expected";
export type { LvsMatchers } from "./matcher-types";
export { lvsMatchers } from "./matchers";
export type { Readable } from "./readable";
export { lvsSerializer } from "./serializer";
export { synthHosts, type SynthesizedHosts } from "./synth-hosts";
export type { SynthesizedFile, SynthesizedHost, SynthesizedVip } from "./synthesized-host";
export type { SynthesizedRealServer, SynthesizedService } from "./synthesized-service";
