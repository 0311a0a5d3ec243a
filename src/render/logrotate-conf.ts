import { printed } from "../model/deferred";
import type { Logging } from "../model/logging";

/** logrotate's part. The signal makes rsyslog open the new files; until then it writes to the ones just renamed. */
export function logrotateConf({ keepalivedFile, ipvsFile, keepDays }: Logging): string {
  return `# Messages of keepalived and of IPVS (cdktf-lvs)
${keepalivedFile}
${ipvsFile}
{
    daily
    rotate ${printed(keepDays)}
    missingok
    notifempty
    compress
    delaycompress
    sharedscripts
    postrotate
        systemctl kill --signal=HUP rsyslog.service >/dev/null 2>&1 || true
    endscript
}
`;
}
