import { App } from "cdktf";
import { sites } from "./settings";
import { Edge } from "./stacks/edge";

const app = new App();
for (const [name, site] of Object.entries(sites)) new Edge(app, `edge-${name}`, site);
app.synth();
