import { printed, type DeepDeferrable, type Deferrable } from "../model/deferred";
import type { HealthCheck } from "../model/health-check";
import type { BfdCheckOptions } from "../model/health-check/bfd";
import type { DnsCheckOptions } from "../model/health-check/dns";
import type { FileCheckOptions } from "../model/health-check/file";
import { checksOf } from "../model/health-check/list";
import type { MiscCheckOptions } from "../model/health-check/script";
import type { SmtpCheckOptions } from "../model/health-check/smtp";
import type { UdpCheckOptions } from "../model/health-check/udp";
import { maintenanceFile, MAINTENANCE_WEIGHT } from "../model/maintenance";
import type { RealServer } from "../model/real-server";
import { block, flag, option, quoted, toggle, type Block, type Body } from "./block-writer";
import { connectionLines, targetLines, timingLines } from "./check-connection-lines";
import { httpLines } from "./http-check-lines";
import { commandLine, scriptFile } from "./script-file";

/** The checker blocks of a real server, the one of its maintenance switch last. */
export function healthCheckBlocks(server: RealServer, vip: Deferrable<string>): Block[] {
  const { healthCheck, maintenanceSwitch } = server;
  return [
    ...checksOf(healthCheck).flatMap((check) => healthCheckBlock(check, server, vip) ?? []),
    ...(maintenanceSwitch === undefined
      ? []
      : [fileBlock({ trackFile: maintenanceFile(maintenanceSwitch), weight: MAINTENANCE_WEIGHT })]),
  ];
}

function healthCheckBlock(
  check: DeepDeferrable<HealthCheck>,
  server: RealServer,
  vip: Deferrable<string>,
): Block | undefined {
  switch (check.type) {
    case "tcp":
      return block("TCP_CHECK", connectionLines(check));
    case "http":
      return block("HTTP_GET", httpLines(check));
    case "ssl":
      return block("SSL_GET", [
        flag("enable_sni", check.sni),
        flag("tls_compliant", check.tlsCompliant),
        ...httpLines(check),
      ]);
    case "smtp":
      return block("SMTP_CHECK", smtpLines(check));
    case "dns":
      return block("DNS_CHECK", dnsLines(check));
    case "udp":
      return block("UDP_CHECK", udpLines(check));
    case "ping":
      return block("PING_CHECK", targetLines(check));
    case "misc":
      return block("MISC_CHECK", miscLines(check, server, vip));
    case "bfd":
      return block("BFD_CHECK", bfdLines(check));
    case "file":
      return fileBlock(check);
    case "none":
      return undefined;
    default:
      // A type without a block would go unchecked in silence.
      return check satisfies never;
  }
}

function smtpLines(check: DeepDeferrable<SmtpCheckOptions>): Body {
  return [textOption("helo_name", check.heloName), ...connectionLines(check)];
}

function dnsLines(check: DeepDeferrable<DnsCheckOptions>): Body {
  return [option("type", check.recordType), textOption("name", check.name), ...connectionLines(check)];
}

function udpLines(check: DeepDeferrable<UdpCheckOptions>): Body {
  const { requireReply } = check;
  return [
    textOption("payload", check.payload),
    typeof requireReply === "boolean" ? flag("require_reply", requireReply) : textOption("require_reply", requireReply),
    option("min_reply_length", check.minReplyLength),
    option("max_reply_length", check.maxReplyLength),
    ...connectionLines(check),
  ];
}

function miscLines(check: DeepDeferrable<MiscCheckOptions>, server: RealServer, vip: Deferrable<string>): Body {
  const values = { address: server.address, port: server.port, vip };
  const user = [check.user, check.group].flatMap((name) => (name === undefined ? [] : [printed(name)]));
  return [
    `misc_path ${commandLine(scriptFile(check.script), check.arguments ?? [], values)}`,
    option("misc_timeout", check.timeoutSeconds),
    flag("misc_dynamic", check.dynamic),
    user.length === 0 ? undefined : `user ${user.join(" ")}`,
    ...timingLines(check),
  ];
}

function bfdLines({ name, alpha }: DeepDeferrable<BfdCheckOptions>): Body {
  return [textOption("name", name), toggle("alpha", alpha)];
}

function fileBlock({ trackFile, weight, reverse }: DeepDeferrable<FileCheckOptions>): Block {
  const direction = reverse === true ? " reverse" : "";
  return block("FILE_CHECK", [
    textOption("track_file", trackFile.name),
    weight === undefined ? undefined : `weight ${printed(weight)}${direction}`,
  ]);
}

function textOption(keyword: string, value: Deferrable<string> | undefined): string | undefined {
  return value === undefined ? undefined : `${keyword} ${quoted(printed(value))}`;
}
