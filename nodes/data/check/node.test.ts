import { describe, expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import { dataCheck } from '#nodes/data/check/node.ts'

const schema = {
  type: 'object',
  properties: { pan: { type: 'string', pattern: '^[A-Z]{5}\\d{4}[A-Z]$' } },
  required: ['pan'],
}

describe('data.check', () => {
  it('lets a fitting value through as it is', async () => {
    const value = { pan: 'ABCPE1234F', more: 1 }
    const result = await runNode(dataCheck, { config: { schema }, inputs: { value } })
    expect(result).toEqual({ port: 'valid', value })
  })
  it('names the field and the rule of what does not fit, never the value', async () => {
    const result = await runNode(dataCheck, {
      config: { schema },
      inputs: { value: { pan: 'secret-pan' } },
    })
    expect(result.port).toBe('invalid')
    expect(result.value).toMatchObject({ problems: [{ path: '/pan', code: 'SCHEMA_PATTERN' }] })
    expect(JSON.stringify(result.value)).not.toContain('secret-pan')
  })
  it('takes a missing value for null', async () => {
    const result = await runNode(dataCheck, { config: { schema }, inputs: {} })
    expect(result.value).toMatchObject({ problems: [{ path: '', code: 'SCHEMA_TYPE' }] })
  })
})
