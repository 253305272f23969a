/** How cards are brought into sight: never larger than they are. */
export const wholeSight = { padding: 0.12, maxZoom: 1 }

/** The same, slid to; all cards, or only some. */
export const sightOf = (ids?: Iterable<string>) => ({
  ...wholeSight,
  duration: 200,
  ...(ids === undefined ? {} : { nodes: Array.from(ids, (id) => ({ id })) }),
})
