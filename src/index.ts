export { Director, type DirectorProps } from "./constructs/director";
export type { IDirector } from "./constructs/director-base";
export { DrRealServer, type DrRealServerProps } from "./constructs/dr-real-server";
export { MonitoringFiles, type MonitoringFilesProps } from "./constructs/monitoring-files";
export { HaPair, type HaPairProps } from "./constructs/ha-pair";
export type { SecretValue } from "./constructs/authentication";
export type { DeliveryProps, HostProps } from "./constructs/host-props";
export { LocalRealServer, type LocalRealServerProps } from "./constructs/local-real-server";
export { NatRealServer, type NatRealServerProps } from "./constructs/nat-real-server";
export type { RealServerProps } from "./constructs/real-server-base";
export { TunnelRealServer, type TunnelRealServerProps } from "./constructs/tunnel-real-server";
export { UnmanagedRealServer, type UnmanagedRealServerProps } from "./constructs/unmanaged-real-server";
export type { IRealServer } from "./constructs/real-server";
export { VirtualService, type RealServerOptions, type VirtualServiceProps } from "./constructs/virtual-service";
export {
  SyncState,
  type ConnectionSyncSettings,
  type DirectorSyncSettings,
  type SyncThreshold,
} from "./model/connection-sync";
export type { AlertSettings } from "./model/alert-settings";
export type { DirectorSettings } from "./model/director-settings";
export { ForwardingMethod } from "./model/forwarding-method";
export { HealthCheck, type NoCheck } from "./model/health-check";
export type { CheckConnectionOptions } from "./model/health-check/connection";
export type { HttpCheck, HttpCheckOptions } from "./model/health-check/http";
export type { SslCheck } from "./model/health-check/ssl";
export type { TcpCheck } from "./model/health-check/tcp";
export { DefenseMode, type IpvsSettings } from "./model/ipvs-settings";
export type { IpvsTimeouts } from "./model/ipvs-timeouts";
export { PersistenceEngine, type PersistenceSettings } from "./model/persistence";
export type { NatGatewaySettings } from "./model/nat-gateway";
export type { LoggingSettings } from "./model/logging";
export type { HostMonitoringSettings, MetricsSettings, MonitoringSettings } from "./model/monitoring";
export { ConfigError, type Problem } from "./model/problem";
export { Protocol } from "./model/protocol";
export { Scheduler, type HashingSettings } from "./model/scheduler";
export { TableOwner } from "./model/table-owner";
export type { ExtraFile } from "./model/escape-hatch";
export type { FirewallMarkSettings } from "./model/firewall-mark";
export type { ConnectionThresholds } from "./model/thresholds";
export type { TuningSettings } from "./model/tuning";
export { TuningProfile } from "./model/tuning-profile";
export { TunnelChecksum, TunnelType, type TunnelSettings } from "./model/tunnel";
export type { QuorumSettings } from "./model/quorum";
export type { SorryServerSettings, VirtualServiceSettings } from "./model/virtual-service-settings";
export type { GratuitousArpSettings, VrrpSettings } from "./model/vrrp";
export type { BastionSettings, SshConnectionSettings } from "./provisioners/ssh-connection";
export { CarrierType, PlanDetail, type Delivery } from "./provisioners/managed-host";
