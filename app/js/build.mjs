// Bundles what does not come from Rust into app/generated/: the code editor as an ES module of its own, the service
// worker, the style sheet with its parts, and the typeface. Trunk runs it before each build and copies the results.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(app, "generated");
const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", absWorkingDir: app };

await mkdir(join(out, "fonts"), { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: ["js/editor.js"], outfile: "generated/editor.js", format: "esm", target: "es2022" }),
  build({ ...common, entryPoints: ["js/worker.js"], outfile: "generated/worker.js", format: "esm", target: "es2022" }),
  build({ ...common, entryPoints: ["../style/main.css"], outfile: "generated/main.css", external: ["*.woff2"] }),
  copyFile(
    createRequire(import.meta.url).resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"),
    join(out, "fonts", "inter-latin.woff2"),
  ),
]);
