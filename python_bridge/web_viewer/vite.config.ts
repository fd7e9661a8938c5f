import { defineConfig } from "vite";

// The viewer is served under any prefix, by a bridge that allows no inline scripts and no
// other host: relative URLs, and nothing inlined as data.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../layerwalk/_viewer",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 1200,
  },
  server: { fs: { allow: ["../.."] } },
});
