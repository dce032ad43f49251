import { defineConfig } from "vite";

// One classic script, inlined into the page by src/miaohui/adapters/reports/page.py.
export default defineConfig({
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    target: "es2022",
    outDir: "../src/miaohui/adapters/reports/html",
    emptyOutDir: false,
    copyPublicDir: false,
    lib: {
      entry: "src/report/main.ts",
      formats: ["iife"],
      name: "miaohuiReport",
      fileName: () => "report.min.js",
    },
  },
});
