import { parseFlow } from '#core/graph/parse.ts'
import type { Flow } from '#core/graph/flow.ts'
import { findingText } from '../canvas/finding-text.ts'

/** The flow in a file. @throws Error saying what does not fit */
export async function readFlowFile(file: File): Promise<Flow> {
  const parsed = parseFlow(JSON.parse(await file.text()))
  if (parsed.ok) return parsed.document
  throw new Error(parsed.findings.slice(0, 3).map(findingText).join(' '))
}
