import { defineConfig } from "vite";

const house = process.env.MIAOHUI ?? "http://127.0.0.1:8520";

// The screens of whoever works here: a page that the house gives a nonce, and files under hashes.
export default defineConfig({
  root: "src/app",
  base: "/",
  publicDir: "../../public",
  esbuild: { jsx: "automatic", legalComments: "none" },
  build: {
    target: "es2022",
    outDir: "../../../src/miaohui/api/built/desk",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/v1": { target: house, ws: true } } },
});
