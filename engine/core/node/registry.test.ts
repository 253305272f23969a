import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineNode, type AnyNode } from '#core/node/define-node.ts'
import { nodeDescriptor } from '#core/node/descriptor.ts'
import { migrateConfig } from '#core/node/migrate.ts'
import { createRegistry } from '#core/node/registry.ts'

const version = (number: number): AnyNode =>
  defineNode({
    type: 'test.versioned',
    version: number,
    title: 'Versioned',
    description: '',
    area: 'data',
    icon: 'box',
    config: z.object({ limit: z.number().default(5) }),
    inputs: { pan: z.string().meta({ 'x-personal': true }), note: z.string().nullable() },
    outputs: { ok: z.object({ pan: z.string().meta({ 'x-personal': true }) }) },
    migrate: { 1: (saved) => ({ limit: (saved as { max: number }).max }) },
  }).pure(({ exit, inputs }) => exit.ok({ pan: inputs.pan }))

describe('createRegistry', () => {
  const registry = createRegistry([version(1), version(2)], { help: () => '# Help' })
  it('gives the newest version, or the one asked for', () => {
    expect(registry.get('test.versioned')?.version).toBe(2)
    expect(registry.get('test.versioned', 1)?.version).toBe(1)
    expect(registry.get('test.versioned', 3)).toBeUndefined()
    expect(registry.get('test.other')).toBeUndefined()
    expect(registry.list()).toHaveLength(1)
  })
  it('refuses one type and version twice', () => {
    expect(() => createRegistry([version(1), version(1)])).toThrow(/registered twice/)
  })
  it('describes types as plain JSON, with marks of personal data', () => {
    const [descriptor] = registry.descriptors()
    expect(nodeDescriptor.parse(JSON.parse(JSON.stringify(descriptor)))).toEqual(descriptor)
    expect(descriptor).toMatchObject({
      version: 2,
      help: '# Help',
      source: 'built-in',
      canFail: true,
      inputs: {
        pan: { schema: { type: 'string', 'x-personal': true }, required: true },
        note: { required: false },
      },
      ports: [{ id: 'ok', schema: { properties: { pan: { 'x-personal': true } } } }],
    })
    expect(descriptor?.config['required']).toBeUndefined()
  })
  it('tells custom nodes apart', () => {
    const custom = createRegistry([], { custom: [{ node: version(1), help: 'mine' }] })
    expect(custom.descriptor('test.versioned')).toMatchObject({ source: 'custom', help: 'mine' })
  })
})

describe('migrateConfig', () => {
  it('[R97] lifts a saved config version by version', () => {
    expect(migrateConfig(version(2), 1, { max: 7 })).toEqual({ limit: 7 })
  })
  it('refuses a config of a newer version, and a gap', () => {
    expect(() => migrateConfig(version(1), 2, {})).toThrow(/saved as version 2/)
    expect(() => migrateConfig(version(3), 1, { max: 1 })).toThrow(/saved as version 1/)
  })
})
