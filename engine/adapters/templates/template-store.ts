import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { TerminalError } from '#core/errors.ts'
import { isObject } from '#core/json.ts'
import { jsonValue } from '#core/graph/flow.ts'
import type { TemplateView } from '#core/api/views.ts'

export interface TemplateStore {
  list(): TemplateView[]
  /** @throws TerminalError NOT_FOUND */
  get(id: string): TemplateView
  /** Where the files of its cases lie. @throws TerminalError NOT_FOUND */
  folder(id: string): string
}

const caseFile = z.object({ name: z.string(), input: jsonValue, expect: jsonValue.default(null) })

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const jsonFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => join(folder, name))
    : []

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A template from its folder, wherever that lies. @throws SyntaxError, ZodError */
export function readTemplate(folder: string, id: string): TemplateView {
  const flow = readJson(join(folder, 'flow.json'))
  const about = isObject(flow) ? flow : {}
  const decisions = [...jsonFiles(folder), ...jsonFiles(join(folder, 'decisions'))]
    .map(readJson)
    .filter((document) => isObject(document) && document['kind'] === 'decision')
  const cases = jsonFiles(join(folder, 'cases')).map((path) => ({
    id: path.slice(join(folder, 'cases').length + 1, -'.json'.length),
    ...caseFile.parse(readJson(path)),
  }))
  return {
    id,
    name: text(about['name']),
    description: text(about['description']),
    flow,
    decisions,
    cases,
  }
}

/**
 * Templates are folders: `flow.json`, decisions as `*.json` beside it or in `decisions/`, and
 * `cases/<id>.json` as `{ name, input, expect }`, whose `{ "$file": … }` start from the template's folder.
 */
export function createTemplateStore(root: string): TemplateStore {
  const folder = (id: string): string => {
    const path = join(root, id)
    if (!/^[a-z][a-z0-9-]*$/.test(id) || !existsSync(join(path, 'flow.json')))
      throw new TerminalError('NOT_FOUND', { what: 'template', id })
    return path
  }
  const ids = (): string[] =>
    existsSync(root)
      ? readdirSync(root).filter((name) => existsSync(join(root, name, 'flow.json')))
      : []
  return {
    list: () =>
      ids()
        .toSorted()
        .map((id) => readTemplate(join(root, id), id)),
    get: (id) => readTemplate(folder(id), id),
    folder,
  }
}
