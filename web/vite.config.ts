import { readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { keepForADay } from "./scripts/kept.js";

const here = import.meta.dirname;
const api = process.env.VIVAVOCE_PUBLIC_API ?? "http://127.0.0.1:8080";

/** The names of the hashed files that a build has made. */
function assetsOf(bundle: object): string[] {
  const files = Object.keys(bundle).filter((file) => file.startsWith("assets/"));
  return files.map((file) => basename(file));
}

/** Beside each text asset its compressed twins: the API sends the one that a browser takes. */
function compressed(): Plugin {
  return {
    name: "vivavoce-compressed",
    apply: "build",
    writeBundle(options, bundle) {
      const folder = join(options.dir ?? "dist", "assets");
      for (const name of assetsOf(bundle).filter((file) => /\.(js|css|svg|json)$/.test(file))) {
        const content = readFileSync(join(folder, name));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, quality));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** Pages that are open while a build comes still find their files. */
function kept(): Plugin {
  return {
    name: "vivavoce-kept",
    apply: "build",
    writeBundle(options, bundle) {
      keepForADay(options.dir ?? "dist", new Set(assetsOf(bundle)));
    },
  };
}

/** The development server shows the same pages at the same paths as the API does. */
function pages(): Plugin {
  return {
    name: "vivavoce-pages",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? "").split("?")[0] ?? "";
        if (path === "/i") request.url = "/candidate.html";
        if (path === "/setup" || path === "/desk" || path.startsWith("/desk/")) {
          request.url = "/desk.html";
        }
        next();
      });
    },
  };
}

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [react(), pages(), compressed(), kept()],
  build: {
    target: "es2022",
    outDir: resolve(here, "dist"),
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { candidate: resolve(here, "candidate.html"), desk: resolve(here, "desk.html") },
    },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true, proxy: { "/v1": { target: api } } },
});
