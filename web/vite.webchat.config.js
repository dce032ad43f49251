import { defineConfig } from "vite";

// The buyer's page: HTML that the house fills in, and its files under the hashes of their contents.
export default defineConfig({
  root: "src/webchat",
  base: "/webchat/",
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: "es2022",
    outDir: "../../../src/miaohui/api/built/webchat",
    emptyOutDir: true,
    copyPublicDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: "src/webchat/page.html" },
  },
});
