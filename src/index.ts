/**
 * Directors and real servers of Linux Virtual Server from one definition: constructs, what they are told, and health
 * checks.
 * @module cdktf-lvs
 */

// First, so that what is missing is named before anything fails for the lack of it.
import "./requirements";

export { Director, type DirectorProps } from "./constructs/director";
export type { DirectorBase, IDirector } from "./constructs/director-base";
export { DrRealServer, type DrRealServerProps } from "./constructs/dr-real-server";
export { MonitoringFiles, type MonitoringFilesProps } from "./constructs/monitoring-files";
export { TopologyFiles } from "./constructs/topology-files";
export { HaPair, type HaPairProps } from "./constructs/ha-pair";
export type { SecretValue } from "./constructs/authentication";
export type { DeliveryProps, HostProps } from "./constructs/host-props";
export { LocalRealServer, type LocalRealServerProps } from "./constructs/local-real-server";
export { NatRealServer, type NatRealServerProps } from "./constructs/nat-real-server";
export type { IVrrpInstance } from "./constructs/pair-instances";
export type { RealServerBase, RealServerProps } from "./constructs/real-server-base";
export { TunnelRealServer, type TunnelRealServerProps } from "./constructs/tunnel-real-server";
export { UnmanagedDirector, type UnmanagedDirectorProps } from "./constructs/unmanaged-director";
export {
  UnmanagedRealServer,
  type UnmanagedForwarding,
  type UnmanagedRealServerProps,
} from "./constructs/unmanaged-real-server";
export { UnmanagedRealServers, type UnmanagedRealServersProps } from "./constructs/unmanaged-real-servers";
export type { IRealServer, MaintenanceProps } from "./constructs/real-server";
export type { SorryRealServer } from "./constructs/sorry-server";
export { SyncGroup, type SyncGroupProps } from "./constructs/sync-group";
export { VirtualService, type RealServerOptions, type VirtualServiceProps } from "./constructs/virtual-service";
export { VrrpInstance, type VrrpInstanceProps } from "./constructs/vrrp-instance";
export { BfdListener, type BfdInstanceSettings } from "./model/bfd";
export {
  SyncState,
  type ConnectionSyncSettings,
  type DirectorSyncSettings,
  type SyncThreshold,
} from "./model/connection-sync";
export type { AddressFamily } from "./model/address";
export type { AlertSettings } from "./model/alert-settings";
export type { DirectorSettings } from "./model/director-settings";
export type { DaemonSettings } from "./model/daemon-settings";
export type { FirewallSettings } from "./model/firewall";
export type { InterfaceDelay } from "./model/interface-delay";
export type { MailSettings } from "./model/mail";
export { LinkbeatType, type LinkbeatInterface, type NotifyFifo, type PairSettings } from "./model/pair-settings";
export type { ProcessesSettings, ProcessSettings } from "./model/process-settings";
export type { SnmpSettings } from "./model/snmp";
export { ForwardingMethod } from "./model/forwarding-method";
export { HealthCheck, type NoCheck } from "./model/health-check";
export type { BfdCheck, BfdCheckOptions } from "./model/health-check/bfd";
export type { CheckConnectionOptions, CheckPortOptions, CheckTargetOptions } from "./model/health-check/connection";
export { DnsRecordType, type DnsCheck, type DnsCheckOptions } from "./model/health-check/dns";
export type { FileCheck, FileCheckOptions } from "./model/health-check/file";
export { HttpProtocol, type HttpCheck, type HttpCheckOptions } from "./model/health-check/http";
export type { HttpRegex } from "./model/health-check/http-regex";
export type { HttpUrl } from "./model/health-check/http-url";
export type { HealthChecks } from "./model/health-check/list";
export type { PingCheck } from "./model/health-check/ping";
export { RegexOption } from "./model/health-check/regex-option";
export type { MiscCheck, MiscCheckOptions } from "./model/health-check/script";
export type { SmtpCheck, SmtpCheckOptions } from "./model/health-check/smtp";
export type { SslCheck, SslCheckOptions } from "./model/health-check/ssl";
export type { TcpCheck } from "./model/health-check/tcp";
export { DefenseMode, type IpvsSettings } from "./model/ipvs-settings";
export type { IpvsTimeouts } from "./model/ipvs-timeouts";
export type { CheckTimingOptions } from "./model/health-check/timing";
export type { UdpCheck, UdpCheckOptions } from "./model/health-check/udp";
export { PersistenceEngine, type PersistenceSettings } from "./model/persistence";
export type { NatGatewaySettings } from "./model/nat-gateway";
export type { LoggingSettings } from "./model/logging";
export type { HostMonitoringSettings, MetricsSettings, MonitoringSettings } from "./model/monitoring";
export { ConfigError, type Problem } from "./model/problem";
export { Protocol } from "./model/protocol";
export { Scheduler, type HashingSettings } from "./model/scheduler";
export type { ScriptSettings } from "./model/script";
export type { ServiceNotifySettings, UpDownPrograms } from "./model/service-notify";
export { TableOwner } from "./model/table-owner";
export type { ExtraFile } from "./model/escape-hatch";
export type { TrackFileSettings } from "./model/track-file";
export type { FirewallMarkSettings } from "./model/firewall-mark";
export type { GratuitousArpSettings } from "./model/gratuitous-arp";
export type { ConnectionThresholds } from "./model/thresholds";
export type { TuningSettings } from "./model/tuning";
export { TuningProfile } from "./model/tuning-profile";
export { TunnelChecksum, TunnelType, type TunnelSettings } from "./model/tunnel";
export type { QuorumSettings } from "./model/quorum";
export { IpvlanMode, type IpvlanSettings, type VirtualMacSettings } from "./model/virtual-mac";
export type { SorryServerSettings } from "./model/sorry-server";
export type { VirtualServiceSettings } from "./model/virtual-service-settings";
export type { VrrpSettings } from "./model/vrrp";
export type { CloudSettings } from "./model/cloud";
export { ParameterMatch, type TrackedProcess } from "./model/tracked-process";
export type { TrackedScript } from "./model/tracked-script";
export { RouteScope, RouteType, type NextHop, type RouteSettings } from "./model/virtual-route";
export { RuleAction, RuleProtocol, type RuleSettings } from "./model/virtual-rule";
export type { MailAlertSettings, InstanceNotifySettings, NotifySettings } from "./model/vrrp-notify";
export { AuthenticationType } from "./model/vrrp-authentication";
export type { DirectorProp } from "./model/vrrp-directors";
export type { PreferenceSettings, PrioritySettings } from "./model/vrrp-preference";
export type { SyncGroupSettings } from "./model/vrrp-sync-group";
export type { VrrpTimingSettings } from "./model/vrrp-timing";
export type {
  TrackedBfd,
  TrackedFile,
  TrackedInterface,
  TrackingSettings,
  TrackWeight,
  VrrpTrackingSettings,
} from "./model/vrrp-tracking";
export type { VrrpTransportSettings } from "./model/vrrp-transport";
export type { BastionSettings, SshConnectionSettings } from "./provisioners/ssh-connection";
export { CarrierType, PlanDetail, type Delivery } from "./provisioners/managed-host";
