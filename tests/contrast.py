"""Colours of JupyterLab's dark theme, and the contrast of every text on a page with what stands behind it."""

DARK = """
:root { --jp-ui-font-color1: rgba(255,255,255,.87); --jp-ui-font-color2: rgba(255,255,255,.54);
  --jp-layout-color1: #212121; --jp-layout-color2: #424242; --jp-border-color2: #424242; --jp-brand-color1: #2196f3;
  --jp-success-color0: #388e3c; --jp-warn-color0: #f57c00; --jp-error-color0: #d32f2f; }
body { background: #212121; }
"""
CONTRAST = """
() => {
  const parse = (text) => {
    const parts = text.match(/[0-9.]+/g).map(Number);  // of a mixed colour, each from 0 to 1
    return text.startsWith("color(srgb") ? parts.map((part, at) => (at < 3 ? part * 255 : part)) : parts;
  };
  const over = ([r, g, b, a = 1], ground) => [r, g, b].map((each, at) => each * a + ground[at] * (1 - a));
  const light = (rgb) => {
    const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((each) => linear(each / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const chain = [];
    for (let each = node; each; each = each.parentElement) chain.unshift(parse(getComputedStyle(each).backgroundColor));
    return chain.reduce((below, colour) => over(colour, below), [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = {};
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const disabled = node.closest("[aria-disabled=true]");
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || disabled) continue;
    const below = ground(node);
    const pair = [light(over(parse(getComputedStyle(node).color), below)), light(below)].sort((a, b) => b - a);
    found[walker.currentNode.data.trim()] = (pair[0] + 0.05) / (pair[1] + 0.05);
  }
  return found;
}
"""
