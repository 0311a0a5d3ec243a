export type { KeepalivedConfOptions } from "./conf-matcher";
export type { Expected, ExpectedRealServer, ExpectedService } from "./expected";
export type { LvsMatchers } from "./matcher-types";
export { lvsMatchers } from "./matchers";
export type { Readable } from "./readable";
export { lvsSerializer } from "./serializer";
export { synthHosts, type SynthesizedHosts } from "./synth-hosts";
export type { SynthesizedFile, SynthesizedHost, SynthesizedVip } from "./synthesized-host";
export type { SynthesizedRealServer, SynthesizedService } from "./synthesized-service";
