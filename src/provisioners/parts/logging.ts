import type { DirectorConfig } from "../../model/director";
import { logging } from "../../model/logging";
import { logrotateConf } from "../../render/logrotate-conf";
import { rsyslogConf } from "../../render/rsyslog-conf";
import type { PlanPart } from "../plan-part";

const RSYSLOG_UNIT = "rsyslog.service";

/** Messages of keepalived and IPVS in files of their own. Distributions have their rules in 50-default.conf or later. */
export function loggingPart({ settings }: DirectorConfig): PlanPart {
  const wanted = logging(settings.logging);
  if (wanted === undefined) return {};
  return {
    packages: [
      { name: "rsyslog", command: "rsyslogd" },
      { name: "logrotate", command: "logrotate" },
    ],
    files: [
      { path: "/etc/rsyslog.d/30-cdktf-lvs.conf", mode: "644", text: rsyslogConf(wanted), restarts: RSYSLOG_UNIT },
      { path: "/etc/logrotate.d/cdktf-lvs", mode: "644", text: logrotateConf(wanted) },
    ],
    units: [RSYSLOG_UNIT],
  };
}
