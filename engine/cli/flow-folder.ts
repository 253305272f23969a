import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Decision } from '#core/graph/decision.ts'
import { parseDecision } from '#core/graph/parse.ts'
import { isObject, type Json } from '#core/json.ts'
import { UsageError } from '#engine/cli/command.ts'
import { createTemplateStore, readTemplate } from '#engine/adapters/templates/template-store.ts'

/** A flow with what lies beside it. */
export interface FlowFolder {
  readonly flow: unknown
  readonly decisions: readonly unknown[]
  /** Other flows, which it may call. */
  readonly flows: readonly unknown[]
  /** Business calendars, from the folder calendars/. */
  readonly calendars: readonly unknown[]
  readonly cases: readonly { readonly id: string; readonly input: Json }[]
  /** Where the decisions and the flows were looked for. */
  readonly documents: string
  /** `{ "$file": … }` of the cases start here. */
  readonly folder: string
}

/** @throws UsageError where the file is missing or no JSON */
export function readJsonFile(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`the file ${path} cannot be read`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

/** Other JSON files may be anything, half written too: only documents of the kind count. */
function beside(folder: string, kind: 'decision' | 'flow'): unknown[] {
  const folders = [folder, join(folder, `${kind}s`)].filter((each) => existsSync(each))
  const files = folders.flatMap((each) =>
    readdirSync(each)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(each, name)),
  )
  return files
    .flatMap((file) => {
      try {
        return [JSON.parse(readFileSync(file, 'utf8')) as unknown]
      } catch {
        return []
      }
    })
    .filter((document) => isObject(document) && document['kind'] === kind)
}

const calendarsOf = (folder: string): unknown[] => {
  const own = join(folder, 'calendars')
  return existsSync(own)
    ? readdirSync(own)
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => readJsonFile(join(own, name)))
    : []
}

/** A flow file, a folder with a flow.json, or the name of a template. @throws UsageError */
export function readFlowFolder(target: string, cwd: string, templates: string): FlowFolder {
  const path = resolve(cwd, target)
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  if (isFolder && existsSync(join(path, 'flow.json'))) {
    const { flow, decisions, cases } = readTemplate(path, target)
    const found = { flows: beside(path, 'flow'), calendars: calendarsOf(path) }
    return { flow, decisions, ...found, cases, documents: path, folder: path }
  }
  if (target.endsWith('.json') || (existsSync(path) && !isFolder)) {
    const folder = dirname(path)
    // A project keeps its flows in flows/ and its decisions in decisions/.
    const documents = basename(folder) === 'flows' ? dirname(folder) : folder
    const [decisions, flows] = [beside(documents, 'decision'), beside(documents, 'flow')]
    const calendars = calendarsOf(documents)
    return { flow: readJsonFile(path), decisions, flows, calendars, cases: [], documents, folder }
  }
  const store = createTemplateStore(templates)
  const known = store.list().map(({ id }) => id)
  if (!known.includes(target))
    throw new UsageError(
      `"${target}" is neither a flow file nor a template. Templates: ${known.join(', ') || 'none'}`,
    )
  const { flow, decisions, cases } = store.get(target)
  const own = store.folder(target)
  const found = { flows: beside(own, 'flow'), calendars: calendarsOf(own) }
  return { flow, decisions, ...found, cases, documents: own, folder: own }
}

/** Decisions that lie in the folder, or in its folder decisions/, by id. */
export const decisionsBeside = (folder: string): ReadonlyMap<string, Decision> =>
  new Map(
    beside(folder, 'decision').flatMap((document) => {
      const parsed = parseDecision(document)
      return parsed.ok ? [[parsed.document.id, parsed.document] as const] : []
    }),
  )
