import { explore } from "./explore.ts";

process.exitCode = await explore(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
