// Compiles the sources twice: to lib for cdktf, and to lib/cdktn for cdktn. The second time every file that names the
// framework is read with the other name, and its types are checked against the other package.
const { readdirSync, readFileSync } = require("node:fs");
const { resolve } = require("node:path");
const ts = require("typescript");

function compile(outDir, rewritten) {
  const config = ts.getParsedCommandLineOfConfigFile("tsconfig.build.json", { outDir: resolve(outDir) }, ts.sys);
  const host = ts.createCompilerHost(config.options);
  const readFile = host.readFile.bind(host);
  host.readFile = (path) => {
    const text = readFile(path);
    return text !== undefined && config.fileNames.includes(path) ? rewritten(text) : text;
  };
  const program = ts.createProgram(config.fileNames, config.options, host);
  const diagnostics = [...config.errors, ...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (diagnostics.length === 0) return;
  process.stderr.write(ts.formatDiagnostics(diagnostics, host));
  process.exit(1);
}

compile("lib", (text) => text);
compile("lib/cdktn", (text) => text.replaceAll('"cdktf"', '"cdktn"'));

// A type or a module of the other framework would be loaded by those who do not have it.
const left = readdirSync("lib/cdktn", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(js|d\.ts)$/.test(name))
  .filter((name) => /["']cdktf["'/]/.test(readFileSync(`lib/cdktn/${name}`, "utf8")));
if (left.length > 0) throw new Error(`lib/cdktn still names cdktf: ${left.join(", ")}`);
