/** Longer texts are neither read nor written: the parser's time and memory grow with the square of the length. */
export const longestText = 10_000
