// Trunk names the studio's files without a hash, because it takes it for a worker, and the code editor's, because it copies it.
// This gives them one, so that browsers may keep them for ever, and writes them into the page beside the first program; then it
// writes the service worker with the list of all files. Trunk runs it after each build.
import { createHash } from "node:crypto";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const staging = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL ?? "/";

/** A short hash of what files hold. */
async function versionOf(names) {
  const hash = createHash("sha256");
  for (const name of names) hash.update(await readFile(join(staging, name)));
  return hash.digest("hex").slice(0, 16);
}

const version = await versionOf(["studio.js", "studio_bg.wasm"]);
const script = `studio-${version}.js`;
const wasm = `studio-${version}_bg.wasm`;
await rename(join(staging, "studio.js"), join(staging, script));
await rename(join(staging, "studio_bg.wasm"), join(staging, wasm));
const editor = `editor-${await versionOf(["editor.js"])}.js`;
await rename(join(staging, "editor.js"), join(staging, editor));

const page = join(staging, "index.html");
const html = await readFile(page, "utf8");
const metas = [
  `<meta name="program:studio" content="${base}${script} ${base}${wasm}">`,
  `<meta name="program:editor" content="${base}${editor}">`,
];
if (!html.includes("</head>")) throw new Error("index.html has no head to name the studio in");
await writeFile(page, html.replace("</head>", `${metas.join("")}</head>`));

/** Each file of the build as the worker asks for it, with the hash by which browsers refuse another content. */
async function listed() {
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(staging, join(entry.parentPath, entry.name)));
  const files = names.sort().map(async (name) => {
    const digest = createHash("sha256").update(await readFile(join(staging, name)));
    const path = name === "index.html" ? "" : name.split(sep).join("/");
    return { path: `${base}${path}`, integrity: `sha256-${digest.digest("base64")}` };
  });
  return Promise.all(files);
}

const files = await listed();
const worker = await readFile(join(app, "generated", "worker.js"), "utf8");
// With the worker's own text, so that no worker installs into the files that another one is serving.
const all = createHash("sha256").update(JSON.stringify(files)).update(worker).digest("hex").slice(0, 16);
await writeFile(join(staging, "worker.js"), `const STUDIO = ${JSON.stringify({ version: all, files })};\n${worker}`);
