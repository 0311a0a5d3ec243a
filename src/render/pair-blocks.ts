import { linkbeats, type PairOptions } from "../model/pair-settings";
import { lines, words, type Block } from "./block-writer";
import { routeLine, ruleLine } from "./routing-lines";

/** What holds for all VRRP instances of a pair, in the blocks that keepalived has for it. */
export function pairBlocks(settings: PairOptions): Block[] {
  const { staticRoutes = [], staticRules = [], interfaceDelays = [] } = settings;
  return [
    lines(
      "linkbeat_interfaces",
      linkbeats(settings).map((item) => words(item.interface, item.type)),
    ),
    lines(
      "interface_up_down_delays",
      interfaceDelays.map(({ interface: name, downSeconds, upSeconds = downSeconds }) =>
        words(name, downSeconds, upSeconds),
      ),
    ),
    lines("static_routes", staticRoutes.map(routeLine)),
    lines("static_rules", staticRules.map(ruleLine)),
  ].filter((item) => item !== undefined);
}
