// Compiles the sources twice: to lib for cdktf, and to lib/cdktn for cdktn. The second time the file that names the
// framework is read with the other name, and its types are checked against the other package.
const { readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
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

// What knows no framework is the same in both: it is in the package once, and cdktn's files take it from there. The
// command works on written files, for either.
for (const name of compiledFor("cdktn")) {
  const file = join("lib/cdktn", name);
  if (knowsNoFramework(name) || name.startsWith("commands/")) rmSync(file);
  else
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/(?<=\b(?:from |require\(|import\())"\.[^"]+"/g, elsewhere(name)),
    );
}

function compiledFor(folder) {
  const names = readdirSync(join("lib", folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.(js|d\.ts)$/.test(name));
}

// The layers that test/architecture.test.ts keeps free of it.
function knowsNoFramework(name) {
  if (/^provisioners\/(terraform\/|manage-host\b)/.test(name)) return false;
  return /^(model|render|provisioners)\//.test(name);
}

// For a file of cdktn: where a module is that it names.
function elsewhere(name) {
  return (specifier) => {
    const wanted = join(dirname(name), JSON.parse(specifier));
    return knowsNoFramework(wanted) ? JSON.stringify(relative(join("cdktn", dirname(name)), wanted)) : specifier;
  };
}

// A type or a module of the other framework would be loaded by those who do not have it.
const left = compiledFor("cdktn").filter((name) => /["']cdktf["'/]/.test(readFileSync(`lib/cdktn/${name}`, "utf8")));
if (left.length > 0) throw new Error(`lib/cdktn still names cdktf: ${left.join(", ")}`);

checkDeclarations();
