// What is broken in the layout of a page, as sentences: what scrolls sideways, texts that are cut
// off or stand outside of their button, and texts and buttons that lie upon one another.
(() => {
  const LETTERS = 0.8; // of the size of a font
  const SLACK = 1.5; // px: letters may hang over their box by a hair
  const SIDEWAYS = ".ant-table-content, .ant-tabs-nav-wrap, .start-steps, .hours-table, pre, code, textarea, input";
  const CONTROL = "button, a, input, textarea, label, [role=tab], [role=button], [role=switch], .tag, .ant-tag, .key";
  const UNSEEN =
    ".only-heard, [aria-hidden=true], .ant-select-dropdown [role=listbox], .ant-select-dropdown-hidden, noscript, title, option";

  const style = (element) => getComputedStyle(element);
  const name = (element) =>
    `${element.tagName.toLowerCase()}${[...element.classList].map((each) => `.${each}`).join("")}`;
  const whose = (element) =>
    [element.parentElement?.parentElement, element.parentElement, element].filter(Boolean).map(name).join(" > ");

  function* above(element) {
    for (let each = element; each; each = each.parentElement) yield each;
  }

  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest(UNSEEN) &&
    ![...above(element)].some((each) => style(each).clipPath !== "none");

  // Only what lies in one layer can be on top of one another by mistake: menus and drawers mean it.
  const layer = (element) =>
    [...above(element)].find((each) => ["fixed", "sticky", "absolute"].includes(style(each).position)) ?? document.body;

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !isSeen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const line of range.getClientRects())
        if (line.width > 0) found.push({ element, box: letters(line, element), text: node.data.trim() });
    }
    return found;
  }

  // A line is higher than its letters, and lines may touch: only letters must not.
  function letters(line, element) {
    const high = Number.parseFloat(style(element).fontSize) * LETTERS;
    return new DOMRect(line.x, line.y + (line.height - high) / 2, line.width, high);
  }

  const controls = () =>
    [...document.querySelectorAll("button, input:not([type=file]), textarea, .ant-select, .ring, img")]
      .filter((element) => isSeen(element) && !element.parentElement.closest("button, .ant-select"))
      .map((element) => ({ element, box: element.getBoundingClientRect(), text: "" }))
      .filter(({ box }) => box.width > 0 && box.height > 0);

  const isEllipsis = (element) =>
    style(element).textOverflow === "ellipsis" || !["none", ""].includes(style(element).webkitLineClamp);

  function sideways() {
    return [...document.querySelectorAll("*")]
      .filter((each) => each === document.scrollingElement || /auto|scroll/.test(style(each).overflowX))
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 && !each.matches(SIDEWAYS))
      .map((each) => `scrolls sideways by ${each.scrollWidth - each.clientWidth}: ${whose(each)}`);
  }

  // Who cuts a box off where nobody can scroll to the rest of it.
  function cutter({ element, box }) {
    let [across, down] = [true, true];
    for (const each of above(element)) {
      const { overflowX, overflowY, position } = style(each);
      const inside = each.getBoundingClientRect();
      const isWider = box.right > inside.right + SLACK || box.left < inside.left - SLACK;
      const isHigher = box.bottom > inside.bottom + SLACK || box.top < inside.top - SLACK;
      if (across && /hidden|clip/.test(overflowX) && isWider) return each;
      if (down && /hidden|clip/.test(overflowY) && isHigher) return each;
      [across, down] = [across && !/auto|scroll/.test(overflowX), down && !/auto|scroll/.test(overflowY)];
      if (position === "fixed") break;
    }
    return across && (box.right > innerWidth + SLACK || box.left < -SLACK) ? document.body : null;
  }

  // The part of a box that is in sight.
  function inSight({ element, box }) {
    let [x, y, ends, bottom] = [box.left, box.top, box.right, box.bottom];
    for (const each of above(element)) {
      const { overflowX, overflowY, position } = style(each);
      const inside = each.getBoundingClientRect();
      if (overflowX !== "visible") [x, ends] = [Math.max(x, inside.left), Math.min(ends, inside.right)];
      if (overflowY !== "visible") [y, bottom] = [Math.max(y, inside.top), Math.min(bottom, inside.bottom)];
      if (position === "fixed") break;
    }
    return { left: x, top: y, right: ends, bottom };
  }

  function cutOff(all) {
    return all.flatMap((each) => {
      const by = cutter(each);
      if (!by) return [];
      const means = [...above(each.element)].find(isEllipsis);
      if (means && by.contains(means)) return means.clientWidth < 24 ? [`crushed: “${each.text}” ${whose(means)}`] : [];
      if (by.matches(SIDEWAYS)) return [];
      return [`cut off: “${each.text}” ${whose(each.element)} by ${name(by)}`];
    });
  }

  function outside(all) {
    return all.flatMap(({ element, box, text }) => {
      const control = element.closest(CONTROL);
      if (!control || style(control).display === "inline" || [...above(element)].some(isEllipsis)) return [];
      const around = control.getBoundingClientRect();
      const isIn =
        box.left >= around.left - SLACK &&
        box.right <= around.right + SLACK &&
        box.top >= around.top - SLACK &&
        box.bottom <= around.bottom + SLACK;
      return isIn ? [] : [`outside of its ${name(control)}: “${text}”`];
    });
  }

  function upon(all) {
    const items = all.map((each) => ({ ...each, box: inSight(each), layer: layer(each.element) }));
    const found = [];
    items.forEach((one, place) => {
      for (const other of items.slice(place + 1)) {
        if (one.layer !== other.layer) continue;
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        if (
          one.element.closest("label, .ant-select") &&
          one.element.closest("label, .ant-select") === other.element.closest("label, .ant-select")
        )
          continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 2 && high > 2)
          found.push(
            `upon one another: “${one.text || whose(one.element)}” and “${other.text || whose(other.element)}” ${whose(other.element)}`,
          );
      }
    });
    return found;
  }

  globalThis.breaks = () => {
    if (!globalThis.isLonger) throw new Error("the texts of this page are as they were");
    const said = texts();
    return [
      ...new Set([
        ...sideways(),
        ...cutOff([...said, ...controls()]),
        ...outside(said),
        ...upon([...said, ...controls()]),
      ]),
    ];
  };
})();
