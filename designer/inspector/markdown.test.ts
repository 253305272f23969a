import { describe, expect, it } from 'vitest'
import { readInline, readMarkdown } from './markdown.ts'

describe('readMarkdown', () => {
  it('reads the blocks of a help text', () => {
    const blocks = readMarkdown(
      '# Title\n\nSome *text*\nover lines.\n\n- one\n- two\n  more\n\n1. first\n\n```ts\nlet a\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
    )
    expect(blocks.map((block) => block.kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'list',
      'code',
      'table',
    ])
  })

  it('[R144] never yields an address that could run', () => {
    const links = readInline(
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](https://c.example)',
    )
    expect(links.filter((part) => part.kind === 'link')).toHaveLength(1)
  })

  it('[R144] keeps HTML as text', () => {
    expect(readInline('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ])
  })
})
