import type { DeepDeferrable } from "./deferred";
import type { HealthCheck } from "./health-check";
import { checksOf } from "./health-check/list";
import type { RealServer } from "./real-server";
import type { VirtualService } from "./virtual-service";

/** keepalived 2.2.7 was seen to reload so many in half a minute, and twice as many not. */
const MANY_CHECKS = 10_000;

/** Checks that a director makes by itself. */
export function countChecks(services: readonly Pick<VirtualService, "realServers">[]): number {
  const checks = services.flatMap(({ realServers }) => realServers.flatMap(({ healthCheck }) => checksOf(healthCheck)));
  return checks.filter(({ type }) => type !== "file" && type !== "bfd").length;
}

/** keepalived makes all checks in one process, and a reload compares each of them with each. */
export function checkLoadWarnings(services: readonly Pick<VirtualService, "realServers">[]): string[] {
  const count = countChecks(services);
  if (count <= MANY_CHECKS) return [];
  return [
    `makes ${count} health checks: with more than ${MANY_CHECKS} keepalived reloads slowly and checks late; give VIPs with the same real servers one service (additionalVips), or share the services out among directors`,
  ];
}

/** Health checks that say less than they seem to, each told once. */
export function weakCheckWarnings(servers: readonly Pick<RealServer, "healthCheck">[]): string[] {
  return [...new Set(servers.flatMap(({ healthCheck }) => warningsOf(checksOf(healthCheck))))];
}

function warningsOf(checks: readonly DeepDeferrable<HealthCheck>[]): string[] {
  const [only] = checks.length === 1 ? checks : [];
  return [
    ...(only?.type === "ping"
      ? ["a ping alone finds a host that is off, and no service that is dead; check the service too"]
      : []),
    ...(only !== undefined && hearsRefusalsOnly(only)
      ? [
          "a UDP check without requireReply fails only when the host, or a router, says that nobody is there; set requireReply, or add HealthCheck.ping()",
        ]
      : []),
    ...(checks.some(isImpatient)
      ? [
          "a UDP check without requireReply that waits for less than 4 seconds counts a host that is off as up; raise connectTimeoutSeconds to 4",
        ]
      : []),
    ...(checks.some(isBoundToPort)
      ? [
          "a check from a fixed port (bindPort) is not made while another has the port, or had it within the last minute; leave bindPort out",
        ]
      : []),
  ];
}

function hearsRefusalsOnly(check: DeepDeferrable<HealthCheck>): boolean {
  return check.type === "udp" && (check.requireReply === undefined || check.requireReply === false);
}

/** The director needs three seconds to find that nobody answers for an address. */
function isImpatient(check: DeepDeferrable<HealthCheck>): boolean {
  if (check.type !== "udp" || !hearsRefusalsOnly(check)) return false;
  return typeof check.connectTimeoutSeconds === "number" && check.connectTimeoutSeconds < 4;
}

function isBoundToPort(check: DeepDeferrable<HealthCheck>): boolean {
  return "bindPort" in check && check.bindPort !== undefined;
}
