import type { NodeKind } from "./topology-graph";

/** How boxes of a kind look; dashed is what this stack does not look after, or will not for long. */
export interface KindColors {
  readonly fill: string;
  readonly line: string;
  readonly dashed: boolean;
}

/** Light, so that black text is legible on all, and apart for those who do not see all colors. */
export const KIND_COLORS: Record<NodeKind, KindColors> = {
  clients: { fill: "#ffffff", line: "#555555", dashed: false },
  director: { fill: "#d6e6f5", line: "#2f6ea5", dashed: false },
  vips: { fill: "#fff3cc", line: "#b38600", dashed: false },
  services: { fill: "#e3f1dc", line: "#4f8a34", dashed: false },
  managed: { fill: "#eeeeee", line: "#555555", dashed: false },
  unmanaged: { fill: "#ffffff", line: "#555555", dashed: true },
  local: { fill: "#d6e6f5", line: "#2f6ea5", dashed: false },
  leaving: { fill: "#ffffff", line: "#aaaaaa", dashed: true },
  sorry: { fill: "#fbe3d6", line: "#c0562b", dashed: false },
};
