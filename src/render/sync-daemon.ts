import { canonicalAddress } from "../model/address";
import { printed } from "../model/deferred";
import type { SyncState } from "../model/connection-sync";
import type { SyncDaemon } from "../model/sync-daemon";
import { option, quoted } from "./block-writer";

/** `lvs_sync_daemon`, in the words of keepalived.conf(5); without an instance it starts both daemons. */
export function syncDaemonLine({ interface: name, instance, syncId, settings }: SyncDaemon): string {
  const { maxLength, port, ttl, group } = settings;
  return [
    `lvs_sync_daemon ${printed(name)}`,
    // The keyword keeps a name such as `port` from being taken for one.
    instance && `inst ${quoted(instance)}`,
    option("id", syncId),
    option("maxlen", maxLength),
    option("port", port),
    option("ttl", ttl),
    option("group", group && canonicalAddress(group)),
  ]
    .filter((words) => words !== undefined)
    .join(" ");
}

/** A daemon in the words that `ipvsadm --list --daemon` shows it with, without what the kernel chooses. */
export function syncDaemonWords({ interface: name, syncId, settings }: SyncDaemon): string {
  const { maxLength, port, ttl, group } = settings;
  const words = { mcast: name, syncid: syncId, maxlen: maxLength, group: group && canonicalAddress(group), port, ttl };
  return Object.entries(words)
    .flatMap(([word, value]) => (value === undefined ? [] : [`${word}=${printed(value)}`]))
    .join(" ");
}

/** The arguments of ipvsadm(8) that start the daemon. */
export function startDaemonArguments(state: SyncState, { interface: name, syncId, settings }: SyncDaemon): string {
  const { maxLength, port, ttl, group } = settings;
  return [
    `--start-daemon ${state}`,
    `--mcast-interface ${printed(name)}`,
    `--syncid ${printed(syncId)}`,
    option("--sync-maxlen", maxLength),
    option("--mcast-group", group && canonicalAddress(group)),
    option("--mcast-port", port),
    option("--mcast-ttl", ttl),
  ]
    .filter((words) => words !== undefined)
    .join(" ");
}
