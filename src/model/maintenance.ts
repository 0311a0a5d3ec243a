import type { TrackFile } from "./track-file";

/** Where a director keeps what its maintenance switches say, through restarts and deploys. */
export const MAINTENANCE_DIRECTORY = "/var/lib/cdktf-lvs/maintenance";

/** What keepalived calls their files, to tell them from those of the user. */
export const MAINTENANCE_PREFIX = "maintenance-";

/** The file behind a maintenance switch: 0 in service, 1 in maintenance. */
export function maintenanceFile(name: string): TrackFile {
  return { name: `${MAINTENANCE_PREFIX}${name}`, path: `${MAINTENANCE_DIRECTORY}/${name}`, initialValue: 0 };
}

/** No weight is greater, so none is left when this is added: the real server stays in the table and drains. */
export const MAINTENANCE_WEIGHT = -65535;
