/** Every colour of the designer as [light, dark]; each becomes the CSS variable `--<name>`. */
export const tokens = {
  // grounds, from the farthest to the nearest
  canvas: ['#f4f5f7', '#0f1216'],
  surface: ['#ffffff', '#171b21'],
  raised: ['#ffffff', '#1e232b'],
  sunken: ['#f8f9fa', '#13171c'],
  hover: ['#eff1f4', '#242a33'],
  // lines
  line: ['#e3e6eb', '#272e38'],
  'line-strong': ['#c6ccd6', '#3c4654'],
  dots: ['#d3d8e0', '#262d37'],
  // words
  text: ['#1b212b', '#e7eaef'],
  'text-2': ['#556070', '#a3adba'],
  'text-3': ['#697484', '#8b96a5'],
  // what one acts on
  accent: ['#2b5fd0', '#86a8ff'],
  'accent-soft': ['#e9effc', '#1d2a47'],
  'accent-line': ['#a9c0f2', '#3a5594'],
  'on-accent': ['#ffffff', '#0d1526'],
  // states: always with an icon or a word
  running: ['#1f6fd6', '#6db1ff'],
  'running-soft': ['#e6f0fc', '#14283f'],
  waiting: ['#8a5a00', '#f0b94d'],
  'waiting-soft': ['#fdf3dc', '#33280f'],
  done: ['#1d7a45', '#5fcf90'],
  'done-soft': ['#e4f5eb', '#12301f'],
  failed: ['#c0292b', '#ff8784'],
  'failed-soft': ['#fdeaea', '#3a1a1b'],
  incident: ['#b3400b', '#ff9d66'],
  'incident-soft': ['#fdeee4', '#3a2213'],
  idle: ['#5c6675', '#8b96a5'],
  'idle-soft': ['#eef0f3', '#222831'],
  // areas of the palette: the tile behind a node's icon
  'area-flow': ['#4f5b6b', '#aab4c2'],
  'area-document': ['#0b7285', '#5cc6d8'],
  'area-bureau': ['#6741b8', '#b79cf5'],
  'area-model': ['#9c2f77', '#ec92cb'],
  'area-decision': ['#3a51b5', '#98a9f8'],
  'area-people': ['#87601a', '#dfb565'],
  'area-notify': ['#1f6f5c', '#66cdb4'],
  'area-data': ['#5a6b1c', '#b5c766'],
  'area-integration': ['#a1452e', '#f09f88'],
} as const satisfies Record<string, readonly [string, string]>

const side = (index: 0 | 1): Record<string, string> =>
  Object.fromEntries(Object.entries(tokens).map(([name, pair]) => [`--${name}`, pair[index]]))

export const lightVariables = side(0)
export const darkVariables = side(1)
