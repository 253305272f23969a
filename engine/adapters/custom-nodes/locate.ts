import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { sourcePath } from './bundle-node.ts'
import type { Position } from './node-problem.ts'

const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset)
  return {
    line: before.split('\n').length,
    column: offset - before.lastIndexOf('\n'),
  }
}

/**
 * Where a field of the definition stands in the source: its keys are looked for one after the other behind
 * `defineNode(`, those of the policy behind `.effect(`; where a key does not appear, the one before it counts.
 */
export function locateField(text: string, field: string): Position {
  const [first = '', ...rest] = field.split('.')
  const ofPolicy = first === 'policy'
  let offset = Math.max(0, text.indexOf(ofPolicy ? '.effect(' : 'defineNode('))
  for (const key of ofPolicy ? rest : [first, ...rest]) {
    const pattern = new RegExp(
      `(?<![\\w$.])(['"]?)${key.replaceAll(/\W/g, '\\$&')}\\1\\s*[:,(]`,
      'g',
    )
    pattern.lastIndex = offset
    const match = pattern.exec(text)
    if (!match) break
    offset = match.index
  }
  return positionAt(text, offset)
}

/** Where an error of the bundled module was thrown, in its source; null where the stack does not say. */
export function locateThrow(
  error: unknown,
  { outfile, map }: { outfile: string; map: string },
): (Position & { file: string }) | null {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const at = stack.split('\n').find((line) => line.includes(outfile))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(at ?? '') ?? []
  if (line === undefined || column === undefined) return null
  const entry = new SourceMap(JSON.parse(map)).findEntry(Number(line) - 1, Number(column) - 1)
  if (!('originalSource' in entry)) return null
  return {
    file: sourcePath(outfile, entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  }
}

export const readText = (file: string): string => readFileSync(file, 'utf8')
