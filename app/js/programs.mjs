// Trunk names the studio's files without a hash, because it takes it for a worker. This gives them one, so that browsers may
// keep them for ever, and writes them into the page beside the first program. Trunk runs it after each build.
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const staging = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL ?? "/";

const hash = createHash("sha256");
for (const name of ["studio.js", "studio_bg.wasm"]) hash.update(await readFile(join(staging, name)));
const version = hash.digest("hex").slice(0, 16);
const script = `studio-${version}.js`;
const wasm = `studio-${version}_bg.wasm`;
await rename(join(staging, "studio.js"), join(staging, script));
await rename(join(staging, "studio_bg.wasm"), join(staging, wasm));

const page = join(staging, "index.html");
const html = await readFile(page, "utf8");
const meta = `<meta name="program:studio" content="${base}${script} ${base}${wasm}">`;
if (!html.includes("</head>")) throw new Error("index.html has no head to name the studio in");
await writeFile(page, html.replace("</head>", `${meta}</head>`));
