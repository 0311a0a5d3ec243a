import { canonicalAddress } from "../model/address";
import type { DeepDeferrable } from "../model/deferred";
import type { CheckConnectionOptions, CheckTargetOptions } from "../model/health-check/connection";
import type { CheckTimingOptions } from "../model/health-check/timing";
import { option, toggle, type Body } from "./block-writer";

/** What every check that opens a connection says of it. keepalived takes a port to bind only after its address. */
export function connectionLines(check: DeepDeferrable<CheckConnectionOptions>): Body {
  const { address, bindAddress } = check;
  return [
    option("connect_ip", address && canonicalAddress(address)),
    option("connect_port", check.port),
    option("bindto", bindAddress && canonicalAddress(bindAddress)),
    option("bind_port", check.bindPort),
    option("bind_if", check.bindInterface),
    option("fwmark", check.firewallMark),
    option("connect_timeout", check.connectTimeoutSeconds),
    ...timingLines(check),
  ];
}

/** The same for checks that have no port. */
export function targetLines(check: DeepDeferrable<CheckTargetOptions>): Body {
  const { address } = check;
  return [
    option("connect_ip", address && canonicalAddress(address)),
    option("connect_timeout", check.connectTimeoutSeconds),
    ...timingLines(check),
  ];
}

export function timingLines(check: DeepDeferrable<CheckTimingOptions>): Body {
  return [
    option("retry", check.retries),
    option("delay_before_retry", check.delayBeforeRetrySeconds),
    option("delay_loop", check.delayLoopSeconds),
    option("warmup", check.warmupSeconds),
    toggle("alpha", check.alpha),
    toggle("log_all_failures", check.logAllFailures),
  ];
}
