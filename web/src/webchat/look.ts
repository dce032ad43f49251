/** The merchant's colour, made to be seen on either ground: as a surface with ink that can be read on
 * it, and as a mark. */

const LIGHT_GROUND = "#F3F4F7";
const DARK_GROUND = "#0E1014";
const MARK_CONTRAST = 3; // WCAG 2.2, 1.4.11
const SURFACE_CONTRAST = 1.35; // what has its own text in it need only not melt into its ground
type Rgb = [number, number, number];

/** Dress the page, and again when the reader changes between light and dark. */
export function dress(colour: string): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const ground = dark.matches ? DARK_GROUND : LIGHT_GROUND;
    const accent = seenOn(colour, ground, SURFACE_CONTRAST);
    const style = document.documentElement.style;
    style.setProperty("--accent", accent);
    style.setProperty("--on-accent", inkOn(accent));
    style.setProperty("--mark", seenOn(colour, ground, MARK_CONTRAST));
  };
  apply();
  dark.addEventListener("change", apply);
}

/** The colour, mixed with black or white until it stands out from its ground. */
function seenOn(colour: string, ground: string, least: number): string {
  const towards: Rgb = luminance(read(ground)) > 0.5 ? [0, 0, 0] : [255, 255, 255];
  let mixed = read(colour);
  for (let step = 1; contrast(mixed, read(ground)) < least && step <= 20; step += 1) {
    mixed = read(colour).map((part, at) => Math.round(part + ((towards[at] ?? 0) - part) * (step / 20))) as Rgb;
  }
  return written(mixed);
}

/** White or near-black, whichever is read better. */
function inkOn(colour: string): string {
  const ground = read(colour);
  return contrast([255, 255, 255], ground) >= contrast(read("#181B22"), ground) ? "#FFFFFF" : "#181B22";
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function read(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function written(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
