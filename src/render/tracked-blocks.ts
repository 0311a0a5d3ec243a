import { printed, type DeepDeferrable } from "../model/deferred";
import { ParameterMatch, type TrackedProcess } from "../model/tracked-process";
import type { TrackedScript } from "../model/tracked-script";
import { block, flag, option, quoted, words, type Block } from "./block-writer";
import { commandLine, scriptFile } from "./script-file";

/** `vrrp_script`, which must stand before whatever tracks it. */
export function vrrpScriptBlock(tracked: DeepDeferrable<TrackedScript>): Block {
  return block(`vrrp_script ${quoted(printed(tracked.name))}`, [
    `script ${commandLine(scriptFile(tracked.script), [])}`,
    option("interval", tracked.intervalSeconds),
    option("timeout", tracked.timeoutSeconds),
    option("rise", tracked.rise),
    option("fall", tracked.fall),
    flag("init_fail", tracked.initFail),
  ]);
}

/** `vrrp_track_process`, which must stand before whatever tracks it. */
export function trackProcessBlock(tracked: DeepDeferrable<TrackedProcess>): Block {
  const { parameters = [], parameterMatch } = tracked;
  return block(`vrrp_track_process ${quoted(printed(tracked.name))}`, [
    words("process", ...[tracked.process, ...parameters].map((text) => quoted(printed(text)))),
    parameterMatch && words("param_match", parameterMatch === ParameterMatch.EXACT ? undefined : parameterMatch),
    // In this order: each is measured against the other.
    option("quorum_max", tracked.quorumMax),
    option("quorum", tracked.quorum),
    option("fork_delay", tracked.forkDelaySeconds),
    option("terminate_delay", tracked.terminateDelaySeconds),
    flag("full_command", tracked.fullCommand),
  ]);
}
