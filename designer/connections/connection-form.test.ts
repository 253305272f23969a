import { describe, expect, it } from 'vitest'
import type { ConnectionView } from '#core/api/views.ts'
import { connectionOf, emptyForm, formOf, problemsOf } from './connection-form.ts'

const bureau: ConnectionView = {
  name: 'bureau',
  kind: 'bureau',
  address: 'https://bureau.example.com',
  settings: { auth: 'header', header: 'X-Key', member: 'M1' },
  secret: 'bureau-key',
  source: 'configured',
}

describe('connectionOf', () => {
  it('gives back what it was made from', () => {
    const { source: _, ...same } = bureau
    expect(connectionOf(formOf(bureau), bureau)).toEqual(same)
  })

  it('drops the settings of another way to authenticate and keeps foreign ones', () =>
    expect(
      connectionOf({ ...formOf(bureau), auth: 'basic', user: 'metis' }, bureau).settings,
    ).toEqual({
      member: 'M1',
      auth: 'basic',
      user: 'metis',
    }))

  it('sets limits, keeps those that the form does not show, and drops what is emptied', () => {
    const limits = { rate: { calls: 5, per: '1m' }, concurrency: 2, breaker: 'off' as const }
    const limited = { ...bureau, limits }
    expect(connectionOf(formOf(limited), limited).limits).toEqual(limits)
    const form = { ...formOf(limited), rateCalls: '' as const, concurrency: 3 }
    expect(connectionOf(form, limited).limits).toEqual({ concurrency: 3, breaker: 'off' })
    expect(problemsOf({ ...formOf(limited), ratePer: 'hourly' }, [])).toEqual({
      ratePer: 'ratePerBad',
    })
  })

  it('names the first secret after the connection, and none where none was given', () => {
    const form = { ...emptyForm, name: 'crm', address: 'https://crm.example.com' }
    expect(connectionOf(form, null).secret).toBeNull()
    expect(connectionOf({ ...form, secret: 'x' }, null).secret).toBe('crm')
  })

  it('[R145] never carries the secret itself', () =>
    expect(
      JSON.stringify(connectionOf({ ...formOf(bureau), secret: 's3cr3t' }, bureau)),
    ).not.toContain('s3cr3t'))
})

describe('problemsOf', () => {
  it.each([
    ['http', 'https://a.example.com/v1', {}],
    ['http', 'a.example.com', { address: 'addressBad_http' }],
    ['http', 'smtp://a', { address: 'addressBad_http' }],
    ['smtp', 'smtp://127.0.0.1:2525', {}],
    ['smtp', 'mail.example.com:25', { address: 'addressBad_smtp' }],
  ] as const)('%s %s', (kind, address, problems) =>
    expect(problemsOf({ ...emptyForm, name: 'a', kind, address }, [])).toEqual(problems),
  )

  it('refuses a name that is taken or that no node could refer to', () => {
    const form = { ...emptyForm, address: 'https://a.example.com' }
    expect(problemsOf({ ...form, name: 'bureau' }, ['bureau'])).toEqual({ name: 'nameTaken' })
    expect(problemsOf({ ...form, name: 'My CRM' }, [])).toEqual({ name: 'nameBad' })
  })
})
