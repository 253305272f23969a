import type { Finding } from '#core/graph/finding.ts'
export const validateDecision = (_: unknown): Finding[] => []
export const canonicalDocument = (d: unknown): string => JSON.stringify(d)
export const validateFlow = (_: unknown, _o: unknown): Finding[] => []
