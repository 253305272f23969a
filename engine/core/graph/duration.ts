const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `8s` → 8000. @throws Error when the text is no duration; documents are checked before. */
export function durationMs(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text)
  if (!found) throw new Error(`"${text}" is no duration`)
  return Math.round(Number(found[1]) * units[found[2] as keyof typeof units])
}
