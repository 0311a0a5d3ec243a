import { printed, type DeepDeferrable } from "../model/deferred";
import type { IpvsTimeouts } from "../model/ipvs-timeouts";
import { option } from "./block-writer";

/** `lvs_timeouts`, in the words of keepalived.conf(5). */
export function timeoutsLine({ tcpSeconds, tcpFinSeconds, udpSeconds }: DeepDeferrable<IpvsTimeouts>): string {
  return ["lvs_timeouts", option("tcp", tcpSeconds), option("tcpfin", tcpFinSeconds), option("udp", udpSeconds)]
    .filter((words) => words !== undefined)
    .join(" ");
}

/** `TCP TCPFIN UDP` for `ipvsadm --set`, where 0 leaves one as it is. */
export function timeoutWords({ tcpSeconds, tcpFinSeconds, udpSeconds }: DeepDeferrable<IpvsTimeouts>): string {
  return [tcpSeconds, tcpFinSeconds, udpSeconds].map((seconds) => printed(seconds ?? 0)).join(" ");
}
