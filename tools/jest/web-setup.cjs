/** What Mantine asks of a browser and jsdom does not have. */
window.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener() {},
  removeListener() {},
  addEventListener() {},
  removeEventListener() {},
  dispatchEvent: () => false,
});
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
window.IntersectionObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords = () => [];
};
window.HTMLElement.prototype.scrollIntoView ??= () => {};
document.elementFromPoint ??= () => null;
window.Range.prototype.getBoundingClientRect ??= () => ({
  x: 0,
  y: 0,
  top: 0,
  left: 0,
  bottom: 0,
  right: 0,
  width: 0,
  height: 0,
});
window.Range.prototype.getClientRects ??= () => [];
window.scrollTo = () => {};
