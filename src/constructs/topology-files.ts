import { Construct } from "constructs";
import { addStackFiles, TerraformStack } from "../framework";
import { throwProblems, type Problem } from "../model/problem";
import { topologyDot } from "../render/topology-dot";
import { topologyMermaid } from "../render/topology-mermaid";
import { reportProblems } from "./synth-checks";
import { directorsOf, topologyOf } from "./topology-tree";

/**
 * Writes pictures of all directors, virtual services and real servers of the stack into its directory,
 * `cdktf.out/stacks/STACK`, at every synth: `topology.mmd` for Mermaid and `topology.dot` for Graphviz. `npx cdktf-lvs
 * picture cdktf.out/stacks/STACK` draws the latter as `topology.svg`.
 */
export class TopologyFiles extends Construct {
  private readonly stack: TerraformStack;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.stack = TerraformStack.of(this);
    reportProblems(this, () => this.problems());
    addStackFiles(this.stack, () => this.files());
  }

  private files(): Record<string, string> {
    throwProblems(`topology files '${this.node.path}'`, this.problems());
    const topology = topologyOf(this.stack);
    return { "topology.mmd": topologyMermaid(topology), "topology.dot": topologyDot(topology) };
  }

  private problems(): Problem[] {
    return [...this.onlyOneProblems(), ...this.nothingProblems()];
  }

  private onlyOneProblems(): Problem[] {
    const [first] = this.stack.node.findAll().filter((node) => node instanceof TopologyFiles);
    if (first === undefined || first === this) return [];
    return [
      {
        path: "id",
        message: `must be the only one of its stack, got a second; '${first.node.path}' writes the same files`,
      },
    ];
  }

  private nothingProblems(): Problem[] {
    if (directorsOf(this.stack).length > 0) return [];
    return [{ path: "id", message: "must find a director in the stack, got none; make a Director or a HaPair" }];
  }
}
