/** The button and the panel; nothing of it reaches the site, nor the site it. */
export const STYLE = `
:host { all: initial; }
* { box-sizing: border-box; }
button {
  align-items: center; background: var(--colour); border: 0; border-radius: 28px; bottom: 20px;
  box-shadow: 0 8px 28px rgb(20 26 40 / 24%); color: var(--ink); cursor: pointer; display: flex;
  height: 56px; justify-content: center; padding: 0; position: fixed; width: 56px; z-index: 2147483000;
}
button:focus-visible { outline: 3px solid var(--colour); outline-offset: 3px; }
svg { fill: none; height: 28px; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; stroke-width: 1.75; width: 28px; }
b {
  background: #d92d34; border: 2px solid #fff; border-radius: 12px; color: #fff;
  font: 600 13px/20px "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif; min-width: 24px;
  padding: 0 5px; position: absolute; right: -6px; text-align: center; top: -6px;
}
b:empty { display: none; }
iframe {
  background: #f3f4f7; border: 0; border-radius: 12px; bottom: 88px;
  box-shadow: 0 8px 28px rgb(20 26 40 / 24%), 0 1px 4px rgb(20 26 40 / 12%); color-scheme: normal;
  height: min(640px, calc(100vh - 108px)); position: fixed; width: 390px; z-index: 2147483000;
}
iframe[hidden] { display: block; visibility: hidden; }
.right { right: 20px; }
.left { left: 20px; }
@media (max-width: 480px), (max-height: 480px) {
  iframe { border-radius: 0; height: 100vh; height: 100dvh; inset: 0; width: 100vw; }
  .open { display: none; }
}
@media (prefers-color-scheme: dark) { iframe { background: #0e1014; } }
@media print { button, iframe { display: none; } }
`;
