import { defineConfig } from "vite";

const house = process.env.MIAOHUI ?? "http://127.0.0.1:8520";

// See tools/no-scroll-lock.js.
const noScrollLock = {
  name: "no-scroll-lock",
  enforce: "pre",
  resolveId: (source, importer) =>
    source === "./useScrollLocker" && importer?.includes("@rc-component/portal")
      ? new URL("tools/no-scroll-lock.js", import.meta.url).pathname
      : null,
};

// The screens of whoever works here: a page that the house gives a nonce, and files under hashes.
export default defineConfig({
  plugins: [noScrollLock],
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
