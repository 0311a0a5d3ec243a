// The shell files that the library reads at run time go beside the compiled code.
const { cpSync } = require("node:fs");

for (const compiled of ["lib", "lib/cdktn"]) {
  for (const folder of ["provisioners/host", "provisioners/terraform"]) {
    cpSync(`src/${folder}`, `${compiled}/${folder}`, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  }
}
