/** `base`, or `base2`, `base3`, … whichever is free first. */
export function newId(document: { nodes: readonly { id: string }[] }, base: string): string {
  const taken = new Set(document.nodes.map((node) => node.id))
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}${count}`
    if (!taken.has(id)) return id
  }
}
