/** Mean over words weighted by their length, 0…100; 0 without words. */
export function meanConfidence(
  words: readonly { readonly text: string; readonly confidence: number }[],
): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0)
  if (letters === 0) return 0
  const weighted = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0)
  return Math.round((weighted / letters) * 10) / 10
}
