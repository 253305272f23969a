/** Under which a dragged node type travels. */
export const dragType = 'application/x-metis-node-type'
