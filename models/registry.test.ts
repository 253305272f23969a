import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modelView } from '#core/api/views.ts'
import { createModelRegistry } from './registry.ts'

const shipped = join(import.meta.dirname, 'shipped')
const name = 'personal-loan-risk'
let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'metis-models-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** A copy of the shipped scorecard under another version. */
function addVersion(version: string, change: (card: Record<string, unknown>) => void = () => {}) {
  const folder = join(dir, name, version)
  cpSync(join(shipped, name, '1.0.0'), folder, { recursive: true })
  const card = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')) as Record<
    string,
    unknown
  >
  card['version'] = version
  change(card)
  writeFileSync(join(folder, 'card.json'), JSON.stringify(card))
  return folder
}
const codeOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the model registry', () => {
  it('lists what ships, with cards that fit the API', () => {
    const registry = createModelRegistry(shipped)
    expect(registry.list().map(({ info }) => info.name)).toEqual(['document-class', name])
    for (const view of registry.views()) expect(() => modelView.parse(view)).not.toThrow()
    for (const entry of registry.list()) expect(entry.bytes().length).toBeGreaterThan(1000)
  })

  it('takes the newest version by number, or the one asked for', () => {
    for (const version of ['1.9.0', '1.10.0', '1.2.11']) addVersion(version)
    const registry = createModelRegistry(dir)
    expect(registry.resolve(name).info.version).toBe('1.10.0')
    expect(registry.resolve(name, '1.2.11').info.version).toBe('1.2.11')
    expect(registry.list().map(({ info }) => info.version)).toEqual(['1.10.0', '1.9.0', '1.2.11'])
    expect(codeOf(() => registry.resolve(name, '3.0.0'))).toBe('MODEL_VERSION_UNKNOWN')
    expect(codeOf(() => registry.resolve('nobody'))).toBe('MODEL_UNKNOWN')
  })

  it('an absent folder has no models', () => {
    expect(createModelRegistry(join(dir, 'nowhere')).list()).toEqual([])
  })

  it('[R102] a file that is not the one of the card is not loaded', () => {
    const folder = addVersion('1.0.0')
    const entry = createModelRegistry(dir).resolve(name)
    expect(entry.bytes().length).toBeGreaterThan(0)
    appendFileSync(join(folder, 'model.onnx'), ' ')
    expect(codeOf(() => entry.bytes())).toBe('MODEL_HASH_MISMATCH')
    rmSync(join(folder, 'model.onnx'))
    expect(codeOf(() => entry.bytes())).toBe('MODEL_FILE_MISSING')
  })

  it('a card that cannot be read, or is of another folder, is an error that names the model', () => {
    const folder = addVersion('1.0.0', (card) => {
      card['version'] = '2.0.0'
    })
    expect(() => createModelRegistry(dir)).toThrow(`${name}/1.0.0`)
    writeFileSync(join(folder, 'card.json'), '{')
    expect(codeOf(() => createModelRegistry(dir))).toBe('MODEL_CARD_INVALID')
  })
})
