import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ModelView } from '#core/api/views.ts'
import { TerminalError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'
import type { ModelInfo } from '#core/node/services.ts'
import { modelCard, type ModelCard } from './card.ts'

export interface ModelEntry {
  readonly info: ModelInfo
  readonly card: ModelCard
  /** The ONNX file. @throws TerminalError MODEL_HASH_MISMATCH, MODEL_FILE_MISSING */
  bytes(): Uint8Array
}

export interface ModelRegistry {
  /** All versions, by name, the newest version first. */
  list(): readonly ModelEntry[]
  /** Without a version the newest. @throws TerminalError MODEL_UNKNOWN, MODEL_VERSION_UNKNOWN */
  resolve(name: string, version?: string): ModelEntry
  views(): ModelView[]
}

const folders = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : []

const byVersion = (one: string, other: string): number => {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number)) as [
    number[],
    number[],
  ]
  const at = a.findIndex((part, index) => part !== b[index])
  return at < 0 ? 0 : (a[at] as number) - (b[at] ?? 0)
}

function readCard(folder: string, model: string): ModelCard {
  try {
    return modelCard.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')))
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new TerminalError('MODEL_CARD_INVALID', { model, detail }, { cause })
  }
}

function readBytes(folder: string, { name, version, hash }: ModelInfo): Uint8Array {
  const file = join(folder, 'model.onnx')
  if (!existsSync(file)) throw new TerminalError('MODEL_FILE_MISSING', { model: name, version })
  const bytes = readFileSync(file)
  const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (found !== hash) throw new TerminalError('MODEL_HASH_MISMATCH', { model: name, version })
  return bytes
}

function readEntry(dir: string, name: string, version: string): ModelEntry {
  const folder = join(dir, name, version)
  const card = readCard(folder, `${name}/${version}`)
  if (card.name !== name || card.version !== version)
    throw new TerminalError('MODEL_CARD_INVALID', {
      model: `${name}/${version}`,
      detail: `the card says ${card.name}/${card.version}, the folder ${name}/${version}`,
    })
  const info = { name, version, hash: card.hash }
  return { info, card, bytes: () => readBytes(folder, info) }
}

/**
 * The models below a folder, `<name>/<version>/{model.onnx, card.json}`, read once. Files are checked
 * against the card's hash when they are loaded.
 * @throws TerminalError MODEL_CARD_INVALID
 */
export function createModelRegistry(dir: string): ModelRegistry {
  const entries = folders(dir)
    .toSorted()
    .flatMap((name) =>
      folders(join(dir, name))
        .toSorted((one, other) => byVersion(other, one))
        .map((version) => readEntry(dir, name, version)),
    )
  return {
    list: () => entries,
    resolve: (name, version) => {
      const versions = entries.filter(({ info }) => info.name === name)
      const [newest] = versions
      if (newest === undefined) throw new TerminalError('MODEL_UNKNOWN', { model: name })
      if (version === undefined) return newest
      const found = versions.find(({ info }) => info.version === version)
      if (found === undefined)
        throw new TerminalError('MODEL_VERSION_UNKNOWN', {
          model: name,
          version,
          known: versions.map(({ info }) => info.version).join(', '),
        })
      return found
    },
    // A card was read from JSON: it is plain data.
    views: () => entries.map(({ info, card }) => ({ ...info, card: card as unknown as Json })),
  }
}
