/**
 * What must be there before anything else is loaded. Those who lack it are told what to do, and not what fails first.
 */
import { entryFor, installationOf, isFramework } from "./frameworks";

const OLDEST_NODE = 20;

function requireNode(): void {
  const { node } = process.versions;
  if (Number.parseInt(node) >= OLDEST_NODE) return;
  throw new Error(`cdktf-lvs needs Node.js ${OLDEST_NODE} or later, got ${node}; install a newer one`);
}

function requireFramework(): void {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import could not be caught
    require("./framework");
  } catch (error) {
    const missing = /^Cannot find module '([^']+)'/.exec((error as Error).message)?.[1] ?? "";
    if (isFramework(missing)) {
      const entry = entryFor(missing);
      const command = installationOf(missing);
      throw new Error(`'${entry}' needs ${missing}, which is not installed; run: ${command}`);
    }
    if (missing === "constructs") {
      throw new Error("cdktf-lvs needs constructs, which is not installed; run: npm install constructs@10.7");
    }
    throw error;
  }
}

requireNode();
requireFramework();
