import { printed, type DeepDeferrable, type Deferrable } from "../model/deferred";
import {
  trackedBfds,
  trackedInterfaces,
  type TrackedFile,
  type Tracking,
  type TrackWeight,
} from "../model/vrrp-tracking";
import { lines, words, type Body } from "./block-writer";

/** What an instance or a sync group tracks, one block for each kind. */
export function trackBlocks(tracking: Tracking): Body {
  const { trackScripts = [], trackProcesses = [], trackFiles = [] } = tracking;
  return [
    lines(
      "track_interface",
      trackedInterfaces(tracking).map((item) => interfaceLine(item.interface, item)),
    ),
    lines(
      "track_script",
      trackScripts.map((item) => trackLine(item.name, item)),
    ),
    lines(
      "track_process",
      trackProcesses.map((item) => trackLine(item.name, item)),
    ),
    lines("track_file", trackFiles.map(fileLine)),
    lines(
      "track_bfd",
      trackedBfds(tracking).map((item) => trackLine(item.name, item)),
    ),
  ];
}

type Weighted = DeepDeferrable<TrackWeight>;

function interfaceLine(name: Deferrable<string>, { weight = 0, reverse = false }: Weighted): string {
  return weight === 0 && !reverse ? printed(name) : trackLine(name, { weight, reverse });
}

function fileLine({ file, weight = 1, reverse = false }: DeepDeferrable<TrackedFile>): string {
  return trackLine(file.name, { weight, reverse });
}

/** With the weight always, since what stands elsewhere may have one of its own. */
function trackLine(name: Deferrable<string>, { weight = 0, reverse = false }: Weighted): string {
  return words(name, "weight", weight, reverse ? "reverse" : undefined);
}
