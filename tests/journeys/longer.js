// A language that nobody speaks: the English texts with every word of them at least 40 % longer.
// `longerTexts` is told to the desk's i18next, `longerWords` to the buyer's page (see longer.py).
(() => {
  const MORE = 1.4;
  const KEPT = /(\{\{.*?\}\}|\$t\(.*?\)|https?:\S+|<[^>]*>)/;

  // A word goes on with its own letters, so that it stays as wide as such words are.
  const longerWord = (word) => word.padEnd(Math.ceil(word.length * MORE), word.toLowerCase());

  function longerPart(text) {
    const longer = text.replace(/\p{L}+/gu, longerWord);
    const left = Math.ceil(text.trim().length * MORE) - longer.trim().length;
    return left > 0 ? longer.replace(/\p{L}(?=\P{L}*$)/u, (last) => last.padEnd(1 + left, last)) : longer;
  }

  const longerText = (text) =>
    text
      .split(KEPT)
      .map((part, place) => (place % 2 ? part : longerPart(part)))
      .join("");

  function longer(texts) {
    globalThis.isLonger = true;
    if (typeof texts === "string") return longerText(texts);
    if (typeof texts === "function") return (...given) => longerText(texts(...given));
    return Object.fromEntries(Object.entries(texts).map(([name, each]) => [name, longer(each)]));
  }

  globalThis.longerTexts = {
    type: "3rdParty",
    init({ store }) {
      for (const [room, texts] of Object.entries(store.data.en)) store.data.en[room] = longer(texts);
      const add = store.addResourceBundle.bind(store);
      store.addResourceBundle = (tongue, room, texts, ...more) =>
        add(tongue, room, tongue === "en" ? longer(texts) : texts, ...more);
    },
  };

  const known = new WeakMap();
  globalThis.longerWords = (words) => {
    if (!known.has(words)) known.set(words, { ...longer(words), language: words.language });
    return known.get(words);
  };
})();
