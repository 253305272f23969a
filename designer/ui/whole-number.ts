/** `12,340`: a count as people read it. */
export const wholeNumber = (count: number): string => count.toLocaleString('en-IN')
