// Compiles the sources twice: to lib for cdktf, and to lib/cdktn for cdktn. The second time the file that names the
// framework is read with the other name, and its types are checked against the other package.
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join, relative, resolve } = require("node:path");
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
  // Editors read comments in the declarations; in what runs they only take room.
  const bare = { ...config.options, removeComments: true, declaration: false };
  ts.createProgram(config.fileNames, bare, host).emit();
  refuse(diagnostics, host);
}

function refuse(diagnostics, host) {
  if (diagnostics.length === 0) return;
  process.stderr.write(ts.formatDiagnostics(diagnostics, host));
  process.exit(1);
}

// What is @internal is left out of the declarations, which must make sense without it.
function checkDeclarations() {
  const names = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"));
  const files = names.map((name) => join("lib", name));
  const { options } = ts.getParsedCommandLineOfConfigFile("tsconfig.build.json", { noEmit: true }, ts.sys);
  const program = ts.createProgram(files, { ...options, rootDir: undefined, skipLibCheck: false });
  refuse(
    files.flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file))),
    ts.createCompilerHost(options),
  );
}

compile("lib", (text) => text);
compile("lib/cdktn", (text) => text.replaceAll('"cdktf"', '"cdktn"'));

// What knows no framework is the same in both: it is in the package once.
for (const folder of ["model", "render"]) {
  for (const name of readdirSync(join("lib", folder), { recursive: true, encoding: "utf8" })) {
    const file = join("lib/cdktn", folder, name);
    const same = relative(dirname(file), join("lib", folder, name)).replace(/\.(js|d\.ts)$/, "");
    if (name.endsWith(".js")) writeFileSync(file, `module.exports = require("${same}");\n`);
    if (name.endsWith(".d.ts")) writeFileSync(file, `export * from "${same}";\n`);
  }
}

// A type or a module of the other framework would be loaded by those who do not have it.
const left = readdirSync("lib/cdktn", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(js|d\.ts)$/.test(name))
  .filter((name) => /["']cdktf["'/]/.test(readFileSync(`lib/cdktn/${name}`, "utf8")));
if (left.length > 0) throw new Error(`lib/cdktn still names cdktf: ${left.join(", ")}`);

checkDeclarations();
