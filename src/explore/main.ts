import { explore } from "./explore.ts";

// A full disk, or a reader that has gone: nobody is left to tell at length.
process.stdout.on("error", ({ message }) => {
  process.stderr.write(`cannot write the output: ${message}\n`);
  process.exit(1);
});

process.exitCode = await explore(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
