import { daysOption } from "./days";
import { init, type EChartsOption, type EChartsType } from "./echarts";
import { heatOption } from "./heat";
import type { HeatMode, Plots } from "./plots";
import { waitsOption } from "./waits";

const NARROW = 560;

for (const shop of document.querySelectorAll<HTMLElement>(".shop")) drawShop(shop);
chooseShops();

function drawShop(shop: HTMLElement): void {
  const plots = JSON.parse(shop.querySelector(".plots")?.textContent ?? "{}") as Plots;
  const heat = plots.heat;
  const { days, waits } = plots;
  if (days) drawWhenSeen(shop, "days", () => daysOption(days));
  if (waits) drawWhenSeen(shop, "waits", (width) => waitsOption(waits, width));
  if (heat) {
    const draw = drawWhenSeen(shop, "heat", (width) => heatOption(heat, heatMode(shop), width < NARROW));
    shop.querySelector(".switch")?.addEventListener("change", draw);
  }
}

function heatMode(shop: HTMLElement): HeatMode {
  return (shop.querySelector<HTMLInputElement>(".switch input:checked")?.value as HeatMode) ?? "share";
}

/** Draws once the place has a width, and again whenever the width changes. */
function drawWhenSeen(shop: HTMLElement, name: string, option: (width: number) => EChartsOption): () => void {
  const place = shop.querySelector<HTMLElement>(`[data-plot="${name}"]`);
  if (!place) return () => {};
  let chart: EChartsType | undefined;
  let drawnWidth = 0;
  const draw = (): void => {
    if (!place.clientWidth) return;
    chart ??= init(place, null, { renderer: "svg" });
    chart.resize();
    chart.setOption(option(place.clientWidth), true);
    drawnWidth = place.clientWidth;
    scaleOnPaper(place);
  };
  new ResizeObserver(() => {
    if (place.clientWidth !== drawnWidth && !matchMedia("print").matches) draw();
  }).observe(place);
  draw();
  return draw;
}

/** Paper has another width than the screen: the style scales the drawing by its view box. */
function scaleOnPaper(place: HTMLElement): void {
  const box = `0 0 ${place.clientWidth} ${place.clientHeight}`;
  place.querySelector("svg")?.setAttribute("viewBox", box);
}

/** One shop at a time; the overview's links and the chooser say which. */
function chooseShops(): void {
  const chooser = document.querySelector<HTMLSelectElement>("#chooser");
  if (!chooser) return;
  const show = (number: string): void => {
    chooser.value = number;
    for (const shop of document.querySelectorAll<HTMLElement>(".shop")) shop.hidden = shop.id !== `shop-${number}`;
  };
  const follow = (): void => {
    const number = /^#shop-(\d+)$/.exec(location.hash)?.[1];
    if (!number) return;
    show(number);
    document.getElementById(`shop-${number}`)?.scrollIntoView();
  };
  chooser.addEventListener("change", () => show(chooser.value));
  addEventListener("hashchange", follow);
  show(chooser.value);
  follow();
}
