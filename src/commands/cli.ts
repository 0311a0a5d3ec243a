#!/usr/bin/env node
import { run } from "./command-line";

void run(process.argv.slice(2)).then(({ code, output, error }) => {
  process.stdout.write(output);
  process.stderr.write(error);
  process.exitCode = code;
});
