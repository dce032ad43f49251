import { defineConfig } from "vite";

// The script for the merchant's own site: one classic script, always under the same name.
export default defineConfig({
  esbuild: { legalComments: "none" },
  build: {
    target: "es2020",
    outDir: "../src/miaohui/api/built/webchat",
    emptyOutDir: false,
    copyPublicDir: false,
    lib: {
      entry: "src/widget/main.ts",
      formats: ["iife"],
      name: "miaohui",
      fileName: () => "widget.js",
    },
  },
});
