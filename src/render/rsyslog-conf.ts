import type { Logging } from "../model/logging";

/**
 * rsyslog's part: what keepalived and IPVS say, each to a file of its own. Named by their path alone, the files get the
 * owner and the mode that the distribution gives to its own log files.
 */
export function rsyslogConf(logging: Logging): string {
  const rules = [
    rule('$programname startswith "Keepalived"', logging.keepalivedFile, logging),
    rule('$syslogfacility-text == "kern" and $msg contains "IPVS:"', logging.ipvsFile, logging),
  ];
  return `# Messages of keepalived and of IPVS (cdktf-lvs)\n${rules.join("")}`;
}

function rule(condition: string, file: string, { keepInSyslog }: Logging): string {
  const lines = [`if ${condition} then {`, `    ${file}`, ...(keepInSyslog ? [] : ["    stop"]), "}"];
  return lines.map((line) => `${line}\n`).join("");
}
