import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shownCard } from './card-schema.ts'

const shipped = new URL('../../models/shipped/', import.meta.url)
const cards = readdirSync(shipped, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('card.json'),
)

describe('shownCard', () => {
  it('has cards to read', () => expect(cards.length).toBeGreaterThan(0))
  it.each(cards)('reads the shipped card %s', (path) => {
    const card: unknown = JSON.parse(readFileSync(new URL(path, shipped), 'utf8'))
    expect(shownCard.parse(card).data.statement).not.toBe('')
  })
})
