import { filePathProblems } from "./absolute-path";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** Where the messages of keepalived and of IPVS go, and for how long they are kept. */
export interface LoggingSettings {
  /**
   * File for what keepalived logs. rsyslog writes it, so its user must be able to.
   * @default "/var/log/keepalived.log"
   */
  readonly keepalivedFile?: string;
  /**
   * File for what the kernel logs about IPVS.
   * @default "/var/log/ipvs.log"
   */
  readonly ipvsFile?: string;
  /**
   * How many days of each file are kept, 1 to 3650 (logrotate: `rotate`).
   * @default 14
   */
  readonly keepDays?: number;
  /**
   * Whether the messages go to the files of the system as well, where they went before (rsyslog: `stop` if not).
   * @default true
   */
  readonly keepInSyslog?: boolean;
}

/** The same with its defaults filled in. */
export interface Logging {
  readonly keepalivedFile: string;
  readonly ipvsFile: string;
  readonly keepDays: Deferrable<number>;
  readonly keepInSyslog: boolean;
}

type Given = boolean | DeepDeferrable<LoggingSettings> | undefined;

/** What is to be logged apart; undefined when nothing is. */
export function logging(given: Given): Logging | undefined {
  if (given === undefined || given === false) return undefined;
  const settings = given === true ? {} : given;
  const { keepalivedFile, ipvsFile } = fileNames(settings);
  return {
    keepalivedFile: keepalivedFile as string,
    ipvsFile: ipvsFile as string,
    keepDays: settings.keepDays ?? 14,
    keepInSyslog: settings.keepInSyslog ?? true,
  };
}

export function loggingProblems(path: string, given: Given): Problem[] {
  if (given === undefined || typeof given === "boolean") return [];
  return [
    ...filePathProblems(`${path}.keepalivedFile`, given.keepalivedFile),
    ...filePathProblems(`${path}.ipvsFile`, given.ipvsFile),
    ...sameFileProblems(`${path}.ipvsFile`, given),
    ...integerProblems(`${path}.keepDays`, given.keepDays, 1, 3650),
  ];
}

function fileNames(settings: DeepDeferrable<LoggingSettings>) {
  return {
    keepalivedFile: settings.keepalivedFile ?? "/var/log/keepalived.log",
    ipvsFile: settings.ipvsFile ?? "/var/log/ipvs.log",
  };
}

/** logrotate takes every file once. */
function sameFileProblems(path: string, settings: DeepDeferrable<LoggingSettings>): Problem[] {
  const { keepalivedFile, ipvsFile } = fileNames(settings);
  if (ipvsFile instanceof Deferred || ipvsFile !== keepalivedFile) return [];
  return [{ path, message: `must be another file than keepalivedFile, got ${shown(ipvsFile)} for both` }];
}
